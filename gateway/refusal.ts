import type { EngineFailure } from '@baton/engine/client';
import { type Failed, failed } from '@baton/engine/protocol';
import type { ErrorCode } from './api/index.ts';

/** An expected failure of a request: what `errors` answers in the one error shape. */
export interface Refusal {
  code: ErrorCode;
  /** "Expected …, but …". */
  message: string;
  details?: unknown;
  /** Answer headers that belong to the refusal, e.g. `Allow`. */
  headers?: { readonly [name: string]: string };
}

export function refuse(
  code: ErrorCode,
  message: string,
  details?: unknown,
  headers?: { readonly [name: string]: string },
): Failed<Refusal> {
  return failed({
    code,
    message,
    ...(details === undefined ? {} : { details }),
    ...(headers ? { headers } : {}),
  });
}

const engineCodes = {
  INVALID_ARGUMENT: 'VALIDATION_FAILED',
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_EXISTS: 'ALREADY_EXISTS',
  INVALID_STATE: 'INVALID_STATE',
  RESOURCE_EXHAUSTED: 'ENGINE_BUSY',
  DEADLINE_EXCEEDED: 'ENGINE_UNAVAILABLE',
  UNAVAILABLE: 'ENGINE_UNAVAILABLE',
  PERMISSION_DENIED: 'PERMISSION_DENIED',
  INTERNAL: 'INTERNAL',
} satisfies { [C in EngineFailure['code']]: ErrorCode };

/** The engine's failure as this API words it. */
export function refusedByEngine(failure: EngineFailure): Failed<Refusal> {
  return refuse(engineCodes[failure.code], failure.message);
}
