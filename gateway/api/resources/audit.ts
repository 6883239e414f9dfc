import { z } from 'zod';
import { instant, listOf, page } from '../common.ts';
import { route } from '../route.ts';

export const auditEntry = z.object({
  id: z.string(),
  at: instant,
  /** `anonymous` has no id; `system` is the product itself. */
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** An operation of this API (`agents.update`), or what has no row in it (`session.signIn`). */
  action: z.string(),
  /** `denied` = 401 or 403; `unknown` = begun, and nobody was left to tell how it ended. */
  outcome: z.enum(['done', 'denied', 'failed', 'unknown']),
  errorCode: z.string().optional(),
  resource: z.object({ kind: z.string(), id: z.string() }),
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
    query: page.extend({
      /** Id of a user, service or key. */
      actor: z.string().max(200).optional(),
      action: z.string().max(100).optional(),
      /** A kind, or a kind and an id: `agents`, `agents/4f…`. */
      resource: z.string().max(300).optional(),
      from: instant.optional(),
      to: instant.optional(),
    }),
    response: listOf(auditEntry),
    status: 200,
    errors: [],
  }),
};
