import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from './requestId.ts';

/** One line per request: no headers, no body, and no query string, for it may carry a sign-in code; nor the secret of a link. */
export function requestLog(log: Logger, now: () => number): RequestHandler {
  return (request, response, next) => {
    const startedAt = now();
    const path = request.originalUrl.split('?', 1)[0]!.replace(/^(\/invitations\/).+/, '$1…');
    response.on('finish', () => {
      const level = response.statusCode >= 500 ? 'error' : 'info';
      log[level](
        {
          requestId: requestIdOf(response),
          method: request.method,
          path,
          status: response.statusCode,
          duration: now() - startedAt,
          tenantId: response.locals.tenantId,
          userId: response.locals.userId,
        },
        'request',
      );
    });
    next();
  };
}
