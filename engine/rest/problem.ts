import type { Rejection, RejectionType } from '@baton/engine/protocol';

/** RFC 9457 problem document, as the Camunda 8 API words it. */
export interface Problem {
  status: number;
  title: string;
  detail: string;
}

const statusOf = {
  INVALID_ARGUMENT: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  INVALID_STATE: 409,
  PROCESSING_ERROR: 500,
  RESOURCE_EXHAUSTED: 503,
  EXCEEDED_BATCH_RECORD_SIZE: 500,
  FORBIDDEN: 403,
} satisfies { [T in RejectionType]: number };

/** The one mapper from the broker's refusals to HTTP. */
export function refused(intent: string, { type, reason }: Rejection): Problem {
  const detail =
    type === 'RESOURCE_EXHAUSTED' ? reason : `Command '${intent}' rejected with code '${type}': ${reason}`;
  return { status: statusOf[type], title: type, detail };
}

export function invalidArgument(detail: string): Problem {
  return { status: 400, title: 'INVALID_ARGUMENT', detail };
}

/** What the request itself lacks, before anybody has looked at what it says. */
export function badRequest(detail: string): Problem {
  return { status: 400, title: 'Bad Request', detail };
}

export function forbidden(detail: string): Problem {
  return { status: 403, title: 'FORBIDDEN', detail };
}

export function notFound(detail: string): Problem {
  return { status: 404, title: 'NOT_FOUND', detail };
}

/** Nothing of the request was read: the door has no room for it. */
export const overloaded: Problem = {
  status: 503,
  title: 'RESOURCE_EXHAUSTED',
  detail: 'Reached maximum capacity of requests handled',
};

/** A bug or a disk that failed: the caller sees the sentence, never the stack. */
export function unexpected(error: unknown): Problem {
  const reason = error instanceof Error ? error.message : String(error);
  return { status: 500, title: 'INTERNAL_ERROR', detail: `Unexpected error occurred: ${reason}` };
}
