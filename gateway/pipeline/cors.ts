import cors from 'cors';
import type { RequestHandler } from 'express';

/** What a page of another origin may read of an answer, beside its body. */
const readable = [
  'ETag',
  'Idempotency-Replayed',
  'Mcp-Session-Id',
  'Retry-After',
  'WWW-Authenticate',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
  'X-RateLimit-Reset',
  'X-Request-Id',
];
const writable = [
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'Last-Event-ID',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Protocol-Version',
  'Mcp-Session-Id',
  'traceparent',
  'X-API-Key',
  'X-Request-Id',
  'X-Tenant',
];

/** Seconds a browser may keep the answer to a preflight. */
const keptFor = 600;

/** Lets pages of the given origins use the API; of no other. Nothing is sent by cookie, so none is allowed. */
export function crossOrigin(origins: readonly string[]): RequestHandler {
  const policy = cors({
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: writable,
    exposedHeaders: readable,
    maxAge: keptFor,
  });
  // Who names no origin is no page of another one.
  return (request, response, next) =>
    request.headers.origin === undefined ? next() : policy(request, response, next);
}
