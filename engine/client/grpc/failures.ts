import type { EngineFailure } from '../ports.ts';

const codes: { [grpcCode: number]: EngineFailure['code'] } = {
  1: 'UNAVAILABLE',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  6: 'ALREADY_EXISTS',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'INVALID_STATE',
  14: 'UNAVAILABLE',
  16: 'PERMISSION_DENIED',
};

/** The one mapper from gRPC's errors to the client's. */
export function failureOf(error: unknown): EngineFailure {
  const { code, details, message } = error as { code?: number; details?: string; message?: string };
  return { code: codes[code ?? -1] ?? 'INTERNAL', message: details || message || String(error) };
}
