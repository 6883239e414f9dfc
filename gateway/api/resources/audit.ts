import { z } from 'zod';
import { idParams, instant, listOf } from '../common.ts';
import { route } from '../route.ts';

export const auditOutcomes = ['done', 'denied', 'failed', 'unknown'] as const;

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** `anonymous` has no id; `system` is the product itself. */
  actor: z.object({
    kind: z.string(),
    id: z.string(),
    name: z.string(),
    /** What else they were called then: full name, e-mail address. */
    names: z.array(z.string()).exactOptional(),
  }),
  /** An operation of this API (`agents.update`), or what has no row in it (`session.signIn`). */
  action: z.string(),
  /** `denied` = 401 or 403; `unknown` = begun, and nobody was left to tell how it ended. */
  outcome: z.enum(auditOutcomes),
  errorCode: z.string().optional(),
  /** `names`: what it was called then, the newest first. */
  resource: z.object({ kind: z.string(), id: z.string(), names: z.array(z.string()).exactOptional() }),
  /** sha-256 of the state before and after. */
  before: z.string().optional(),
  after: z.string().optional(),
  requestId: z.string(),
  traceId: z.string().optional(),
});
export type AuditEntryView = z.infer<typeof auditEntry>;

export const auditRoutes = {
  list: route({
    method: 'GET',
    path: '/audit',
    summary: 'Who changed, used or was denied what, newest first',
    permission: 'audit:read',
    query: z.object({
      limit: z.coerce.number().int().min(1).max(1000).default(50),
      offset: z.coerce.number().int().min(0).default(0),
      /**
       * Anywhere in who (e-mail addresses, too), action, resource and its names of then, error code and request id; letters
       * of either case. Looks through 10,000 entries at a time: `looked_back_to` says how far.
       */
      text: z.string().min(1).max(200).optional(),
      outcome: z.enum(auditOutcomes).optional(),
      /** Id of a user, service or key. */
      actor: z.string().max(200).optional(),
      action: z.string().max(100).optional(),
      /** A kind, or a kind and an id: `agents`, `agents/4f…`. */
      resource: z.string().max(300).optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
    response: listOf(auditEntry).extend({
      /**
       * Of a search for a text that has not looked at all of the time that is asked for: the moment back to which it has. The
       * same query with `to` = this looks further back. `total` is of what was looked through.
       */
      looked_back_to: instant.exactOptional(),
    }),
    status: 200,
    errors: [],
  }),
  get: route({
    method: 'GET',
    path: '/audit/:id',
    summary: 'One entry',
    permission: 'audit:read',
    params: idParams,
    response: auditEntry,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
};
