import type { z } from 'zod';
import type { ErrorCode } from './errors.ts';
import type { Permission } from './permissions.ts';
import type { CountedQuota } from './quotas.ts';
import type { RateClass } from './rates.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What a row takes of the tenant's quotas (its bytes, one of anything else), or gives back one of. */
export type RowQuota = { takes: readonly (CountedQuota | 'concurrentRuns')[] } | { returns: CountedQuota };

/** One row of the route table. Routing, validation, `/docs`, the typed client and the permission matrix come from it. */
export interface Route {
  method: Method;
  /** Express 5 path below `/api`, e.g. `/workflows/:id`. */
  path: string;
  summary: string;
  /** `public` needs no token; `signedIn` any member of a tenant. */
  permission: Permission | 'public' | 'signedIn';
  /** Kind of load, when it is not what method and permission say. */
  rate?: RateClass;
  quota?: RowQuota | undefined;
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Body of the success answer; `undefined` with status 204. */
  response?: z.ZodType;
  /**
   * What the row tells while it is at work, to who asks with `Accept: text/event-stream`: a union of `{ event, data }`. The
   * success answer is the last event, named `answerEvent`; a failure after the first event is the event `error` with the error's body.
   */
  events?: z.ZodType<{ event: string; data: unknown }>;
  answerEvent?: string;
  status: 200 | 201 | 202 | 204;
  /** Beside those every route may answer (401, 403, 400, 413, 500). */
  errors: readonly ErrorCode[];
  /** Requires `If-Match` and answers `ETag`. */
  etag?: boolean;
  /** A question that needs a body: it changes nothing, so it leaves no entry in the audit. */
  question?: true;
  /** The answer has a secret that is shown once: it is not kept to be given again. */
  secret?: true;
}

/** Whether a request of the row may leave something changed. */
export function changesState({ method, question }: Route): boolean {
  return method !== 'GET' && !question;
}

export function route<const R extends Route>(row: R): R {
  return row;
}
