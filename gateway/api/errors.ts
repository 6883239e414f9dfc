import { z } from 'zod';

/** Every error code the gateway answers, with its HTTP status. Messages read "Expected …, but …". */
export const errorStatus = {
  BODY_INVALID_JSON: 400,
  VALIDATION_FAILED: 400,
  TENANT_MISMATCH: 400,
  CREDENTIALS_AMBIGUOUS: 400,
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  TOKEN_INVALID: 401,
  API_KEY_INVALID: 401,
  API_KEY_EXPIRED: 401,
  PERMISSION_DENIED: 403,
  ADDRESS_DENIED: 403,
  TENANT_UNKNOWN: 403,
  TENANT_SUSPENDED: 403,
  MEMBER_REMOVED: 403,
  ROUTE_NOT_FOUND: 404,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  REQUEST_TIMEOUT: 408,
  ALREADY_EXISTS: 409,
  INVALID_STATE: 409,
  IN_USE: 409,
  IDEMPOTENCY_IN_PROGRESS: 409,
  ANSWER_SHOWN_ONCE: 409,
  VERSION_CONFLICT: 412,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  HOST_UNKNOWN: 421,
  DEPLOYMENT_REJECTED: 422,
  IDEMPOTENCY_KEY_REUSED: 422,
  IF_MATCH_REQUIRED: 428,
  RATE_LIMITED: 429,
  QUOTA_EXCEEDED: 429,
  HEADERS_TOO_LARGE: 431,
  INTERNAL: 500,
  ENGINE_UNAVAILABLE: 503,
  ENGINE_BUSY: 503,
  ISSUER_UNAVAILABLE: 503,
  AUDIT_UNAVAILABLE: 503,
  LIMITS_UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** The one error shape. */
export const errorBody = z.object({
  error_code: z.string(),
  message: z.string(),
  details: z.unknown().optional(),
  request_id: z.string(),
});
export type ErrorBody = z.infer<typeof errorBody>;
