import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { type ErrorBody, errorStatus } from '../api/index.ts';
import type { Refusal } from '../refusal.ts';
import { requestIdOf } from './requestId.ts';

/** The one shape of an error. */
export function bodyOf(response: Response, { code, message, details }: Refusal): ErrorBody {
  return {
    error_code: code,
    message,
    ...(details === undefined ? {} : { details }),
    request_id: requestIdOf(response),
  };
}

/** Every error leaves through here, or as the last event of a stream. */
export function answerRefusal(response: Response, refusal: Refusal): void {
  const { code, headers } = refusal;
  response
    .status(errorStatus[code])
    .set('Cache-Control', 'no-store')
    .set(headers ?? {})
    .json(bodyOf(response, refusal));
}

export const unknownRoute: RequestHandler = (request, response) => {
  answerRefusal(response, {
    code: 'ROUTE_NOT_FOUND',
    message: `Expected a path of the API (see /docs), but there is no ${request.originalUrl.split('?', 1)[0]}`,
  });
};

/** A bug is logged with its stack under the request's id; the client gets the id only. */
export function unexpectedErrors(log: Logger): ErrorRequestHandler {
  return (error, _request, response, next) => {
    if (response.headersSent) return next(error);
    if (isMalformedRequest(error)) {
      return answerRefusal(response, {
        code: 'VALIDATION_FAILED',
        message: 'Expected a well-formed request, but its address or body could not be decoded',
      });
    }
    const requestId = requestIdOf(response);
    const { tenantId, userId } = response.locals;
    log.child({ requestId, tenantId, userId }).error({ err: error }, 'unexpected error');
    answerRefusal(response, {
      code: 'INTERNAL',
      message: `Expected to answer, but something failed here; the log has it under ${requestId}`,
    });
  };
}

/** Express and its parsers mark what the client caused by a status of 4xx. */
function isMalformedRequest(error: unknown): boolean {
  const status = typeof error === 'object' && error ? (error as { status?: unknown }).status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500;
}
