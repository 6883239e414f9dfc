import type { Rejection, RejectionType } from '@baton/engine/protocol';

/** Codes of gRPC that the gateway uses. */
export const Code = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
} as const;

/** How a call ends: a code of `Code` and, unless OK, a sentence. */
export interface Status {
  code: number;
  message: string;
}

const codeOf = {
  INVALID_ARGUMENT: Code.INVALID_ARGUMENT,
  NOT_FOUND: Code.NOT_FOUND,
  ALREADY_EXISTS: Code.ALREADY_EXISTS,
  INVALID_STATE: Code.FAILED_PRECONDITION,
  PROCESSING_ERROR: Code.INTERNAL,
  RESOURCE_EXHAUSTED: Code.RESOURCE_EXHAUSTED,
  EXCEEDED_BATCH_RECORD_SIZE: Code.UNKNOWN,
  FORBIDDEN: Code.PERMISSION_DENIED,
} satisfies { [T in RejectionType]: number };

/** The one mapper from the broker's refusals to gRPC. Back-pressure is worded by the broker alone. */
export function refused(intent: string, rejection: Rejection): Status {
  const code = codeOf[rejection.type];
  if (rejection.type === 'RESOURCE_EXHAUSTED') return { code, message: rejection.reason };
  return { code, message: `Command '${intent}' rejected with code '${rejection.type}': ${rejection.reason}` };
}

export function invalidArgument(message: string): Status {
  return { code: Code.INVALID_ARGUMENT, message };
}

/** A bug or a disk that failed: the caller sees the sentence, never the stack. */
export function unexpected(error: unknown): Status {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    code: Code.INTERNAL,
    message: `Unexpected error occurred during the request processing: ${reason}`,
  };
}

/** Nothing of the request was read: the door has no room for it. */
export const overloaded: Status = {
  code: Code.RESOURCE_EXHAUSTED,
  message: 'Reached maximum capacity of requests handled',
};

/** The trailer `grpc-status-details-bin`: a `google.rpc.Status` (1 = code, 2 = message) without details. */
export function encodeDetails({ code, message }: Status): string {
  const text = Buffer.from(message);
  const length: number[] = [];
  for (let rest = text.length; ; rest >>>= 7) {
    length.push(rest > 0x7f ? (rest & 0x7f) | 0x80 : rest);
    if (rest <= 0x7f) break;
  }
  const bytes = Buffer.concat([Buffer.from([0x08, code, 0x12, ...length]), text]);
  return bytes.toString('base64').replace(/=+$/, '');
}

/** Percent-encoding of `grpc-message`: printable ASCII but `%` stays as it is. What is longer than `most` ends in dots. */
export function encodeMessage(message: string, most = Number.POSITIVE_INFINITY): string {
  if (message.length <= most && /^[\x20-\x24\x26-\x7e]*$/.test(message)) return message;
  let encoded = '';
  for (const character of message) {
    const next = /[\x20-\x24\x26-\x7e]/.test(character) ? character : percentEncoded(character);
    if (encoded.length + next.length > most - MORE.length) return encoded + MORE;
    encoded += next;
  }
  return encoded;
}

const MORE = '...';

function percentEncoded(character: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
