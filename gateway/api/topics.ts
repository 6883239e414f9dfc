import { z } from 'zod';
import { auditEntry } from './resources/audit.ts';
import { historyRecord, instance } from './resources/instances.ts';
import { mcpServerChange } from './resources/mcpServerSchemas.ts';
import { providerChange } from './resources/providers.ts';

/**
 * Live topics of `/ws`. A client opens the socket with sub-protocols `baton` and `bearer.<token>` or `key.<API key>`, or with
 * the headers of any other request, then subscribes. Every event of a topic has a rising id, the same from every gateway;
 * `after` resumes without a gap. `reset`, as the answer or at any time later: events may have been missed, read anew.
 */
export const topics = [
  'instances',
  'user-tasks',
  'workflows',
  'agents',
  'tools',
  'tasks',
  'prompts',
  'policies',
  'templates',
  'forms',
  'decisions',
  'notes',
  'providers',
  'mcp-servers',
  'calls',
  'runs',
  'alerts',
  'users',
  'roles',
  'api-keys',
  'quotas',
  'tenant',
  'tenants',
  'audit',
] as const;

/** Codes with which the server closes a socket; the reason is an error code. */
export const closeCodes = {
  /** The access token ended: come back with a new one and resume. */
  tokenEnded: 4401,
  /** The tenant is suspended or gone, or the member was removed: coming back is refused until that changes. */
  shutOut: 4403,
  /** More was left unread than is kept: come back at once and resume. */
  tooSlow: 4408,
} as const;

/** A topic name, or `instance:<key>` for the records of one run. */
export const topic = z.union([
  z.enum(topics),
  z.templateLiteral(['instance:', z.string().regex(/^\d{1,19}$/)]),
]);
export type Topic = z.infer<typeof topic>;

export const clientMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribe'), topic, after: z.number().int().optional() }),
  z.object({ type: z.literal('unsubscribe'), topic }),
  z.object({ type: z.literal('ping') }),
]);
export type ClientMessage = z.infer<typeof clientMessage>;

/** Payloads: `instances` → updated instance; `instance:<key>` → record; resource topics → what changed. */
export const resourceChange = z.object({
  /** `draft`: the working copy; `labels`: which versions they are on. */
  change: z.enum(['created', 'updated', 'deleted', 'draft', 'labels']),
  id: z.string(),
  name: z.string(),
  /** Of a versioned resource: the latest, or the one that has the label now. */
  version: z.number().int().optional(),
  /** Who did it. */
  by: z.string().optional(),
});
export type ResourceChange = z.infer<typeof resourceChange>;

/** `runs`: a run of an agent on its own, or of a process. */
export const runChange = z.object({
  change: z.enum(['created', 'updated']),
  id: z.string(),
  name: z.string(),
  kind: z.enum(['agent', 'process']),
});
export type RunChange = z.infer<typeof runChange>;

/** `users`, `roles`, `api-keys`, `quotas`, `tenant`, `tenants`: something there is not as it was. */
export const administrationChange = z.object({
  /** As the path names it: `members`, `invitations`, `roles`, `limits`. */
  kind: z.string(),
  id: z.string(),
  /** Who did it. */
  by: z.string(),
});
export type AdministrationChange = z.infer<typeof administrationChange>;

export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('subscribed'), topic: z.string(), id: z.number().int() }),
  z.object({ type: z.literal('reset'), topic: z.string(), id: z.number().int() }),
  z.object({ type: z.literal('event'), topic: z.string(), id: z.number().int(), data: z.unknown() }),
  /** What follows of the topic is not for this member any more. */
  z.object({
    type: z.literal('ended'),
    topic: z.string(),
    error_code: z.string(),
    message: z.string(),
  }),
  /** Roles or their permissions changed: `/me` says something else now, and topics that were refused may be open. */
  z.object({ type: z.literal('access') }),
  z.object({ type: z.literal('pong') }),
  z.object({
    type: z.literal('error'),
    topic: z.string().optional(),
    error_code: z.string(),
    message: z.string(),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

export const topicPayload = {
  instances: instance,
  instance: historyRecord,
  resource: resourceChange,
  provider: providerChange,
  mcpServer: mcpServerChange,
  run: runChange,
  administration: administrationChange,
  audit: auditEntry,
};
