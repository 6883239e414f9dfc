import { z } from 'zod';
import { id, idParams, instant, listOf, page, resourceName, versionInfo } from '../common.ts';
import type { Permission } from '../permissions.ts';
import { type RowQuota, route } from '../route.ts';

/** Kinds that are kept in versions, as their paths, permissions and live topics name them. */
export const versionedPlurals = [
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
] as const;
export type VersionedPlural = (typeof versionedPlurals)[number];

/** A name for a version that can be moved to another one: `production`. */
export const versionLabel = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,30}$/, 'Expected a label of lower-case letters, digits and -')
  .refine((label) => label !== 'latest' && label !== 'draft', 'Expected a label other than latest and draft');

const version = z.number().int().min(1);
const message = z.string().max(500).default('');

/** Names of documents that are known by an id of their own, or by none: as people call them. */
export const documentName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Expected a name without control characters');

/** Which version is asked for: a number, or the one a label is on. The latest without both. */
export const versionQuery = z
  .object({ version: z.coerce.number().int().min(1).optional(), label: versionLabel.optional() })
  .refine(({ version, label }) => version === undefined || label === undefined, {
    message: 'Expected a version or a label, not both',
    path: ['label'],
  });

/** A side of a comparison: `3`, `production`, `latest`, `draft`. */
export const versionSide = z
  .string()
  .regex(/^([1-9]\d{0,8}|[a-z][a-z0-9-]{0,30})$/, 'Expected a number of a version, a label, latest or draft');

/** The working copy, as a resource tells of it. */
export const draftInfo = z.object({
  /** Number of the version it began with. */
  base: version,
  hash: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
});
export type DraftInfo = z.infer<typeof draftInfo>;

/** Why a draft cannot be published as it is. */
export const contentProblem = z.object({
  /** Into the body of a save: `['content', 'model']`. */
  path: z.array(z.string()),
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  /** In the text at the path, from 1. */
  line: z.number().int().optional(),
  column: z.number().int().optional(),
});
export type ContentProblem = z.infer<typeof contentProblem>;

/** Kept as it was typed: any object, valid or not. */
const draftContent = z.record(z.string(), z.unknown());
export const draft = draftInfo.extend({
  name: z.string(),
  content: draftContent,
  problems: z.array(contentProblem),
});
export type Draft = z.infer<typeof draft>;

export const difference = z.object({
  /** JSON pointer into the content. */
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type Difference = z.infer<typeof difference>;

/** One side of a comparison or a conflict; `version` is null for a draft. */
export const versionedSide = z.object({
  version: version.nullable(),
  hash: z.string(),
  name: z.string(),
  author: z.string(),
  message: z.string(),
  savedAt: instant,
  content: draftContent,
});
export type VersionedSide = z.infer<typeof versionedSide>;

export const comparison = z.object({
  from: versionedSide,
  to: versionedSide,
  changes: z.array(difference),
  /** Unified patch of the documents. */
  text: z.string(),
  /** False when the two differ too much to be compared finely: `changes` are the first of them, or `text` one coarse hunk. */
  complete: z.boolean(),
});
export type Comparison = z.infer<typeof comparison>;

/** `details` of VERSION_CONFLICT: what was to be saved, and what is there instead. */
export const versionConflict = z.object({
  /** Name and content are absent where the request names them by the hash alone. */
  yours: z.object({ base: z.string(), name: z.string().optional(), content: z.unknown().optional() }),
  theirs: versionedSide,
});
export type VersionConflictDetails = z.infer<typeof versionConflict>;

const labelParams = z.object({ id, label: versionLabel });
const conflicts = ['NOT_FOUND', 'VERSION_CONFLICT', 'IF_MATCH_REQUIRED'] as const;
/** What is refused when a content becomes a version. */
const unfit = ['ALREADY_EXISTS', 'REFERENCE_MISSING', 'INVALID_STATE', 'IN_USE'] as const;

/** Rows about versions and the draft, whatever else a kind has. */
export function versionRows<R extends z.ZodType, const P extends VersionedPlural>(
  plural: P,
  singular: string,
  resource: R,
) {
  const read = `${plural}:read` as Permission;
  const write = `${plural}:write` as Permission;
  const onSave: RowQuota = { takes: ['storageBytes'] };
  return {
    versions: route({
      method: 'GET',
      path: `/${plural}/:id/versions`,
      summary: 'Saved versions with their labels, newest first',
      permission: read,
      params: idParams,
      query: page,
      response: listOf(versionInfo),
      status: 200,
      errors: ['NOT_FOUND'],
    }),
    diff: route({
      method: 'GET',
      path: `/${plural}/:id/diff`,
      summary: 'What differs between two versions, or a version and the draft',
      permission: read,
      params: idParams,
      query: z.object({ from: versionSide, to: versionSide.default('latest') }),
      response: comparison,
      status: 200,
      errors: ['NOT_FOUND'],
    }),
    restore: route({
      quota: onSave,
      method: 'POST',
      path: `/${plural}/:id/restore`,
      summary: `Save the content of an older version as the next one; the ${singular} keeps its name`,
      permission: write,
      params: idParams,
      body: z.object({ version, message }),
      response: resource,
      status: 200,
      errors: [...conflicts, ...unfit],
      etag: true,
    }),
    setLabel: route({
      method: 'PUT',
      path: `/${plural}/:id/labels/:label`,
      summary: 'Put a label on a version, and off the one that had it',
      permission: write,
      params: labelParams,
      body: z.object({ version }),
      /** `hash` of the version. */
      response: z.object({ label: z.string(), version, hash: z.string() }),
      status: 200,
      errors: ['NOT_FOUND', 'INVALID_STATE'],
    }),
    removeLabel: route({
      method: 'DELETE',
      path: `/${plural}/:id/labels/:label`,
      summary: 'Take a label away; the version stays',
      permission: write,
      params: labelParams,
      status: 204,
      errors: ['NOT_FOUND'],
    }),
    getDraft: route({
      method: 'GET',
      path: `/${plural}/:id/draft`,
      summary: `The draft of the ${singular}, with what keeps it from being published`,
      permission: read,
      params: idParams,
      response: draft,
      status: 200,
      errors: ['NOT_FOUND'],
      etag: true,
    }),
    saveDraft: route({
      quota: onSave,
      method: 'PUT',
      path: `/${plural}/:id/draft`,
      summary:
        'Keep the draft as it is typed. If-Match: its hash, or that of the latest version when there is none',
      permission: write,
      params: idParams,
      body: z.object({ base: version, name: z.string().max(300).optional(), content: draftContent }),
      response: draft,
      status: 200,
      errors: [...conflicts, 'BODY_TOO_LARGE'],
      etag: true,
    }),
    discardDraft: route({
      method: 'DELETE',
      path: `/${plural}/:id/draft`,
      summary: 'Throw the draft away; with If-Match, only the one that was seen',
      permission: write,
      params: idParams,
      status: 204,
      errors: ['NOT_FOUND', 'VERSION_CONFLICT'],
    }),
    publish: route({
      method: 'POST',
      path: `/${plural}/:id/publish`,
      summary: 'Make the draft the next version. If-Match: hash of the draft',
      permission: write,
      params: idParams,
      body: z.object({ message }),
      response: resource,
      status: 200,
      errors: [...conflicts, ...unfit],
      etag: true,
    }),
  };
}

/** What a resource answers about its draft and the labels of the version. */
export const versionState = { labels: z.array(z.string()), draft: draftInfo.nullable() };

/**
 * Rows of a versioned resource: one mechanism, the content is the kind's own.
 * Every save is a version with a content hash; the answer's `ETag` is that hash.
 */
export function versionedRoutes<
  C extends z.ZodObject | z.ZodDiscriminatedUnion,
  const P extends Exclude<VersionedPlural, 'workflows'>,
>(plural: P, content: C, name: z.ZodType<string> = resourceName) {
  const singular = plural === 'policies' ? 'policy' : plural.slice(0, -1);
  const read = `${plural}:read` as Permission;
  const write = `${plural}:write` as Permission;
  const counted = plural === 'agents' || plural === 'tools' ? (plural as 'agents' | 'tools') : undefined;
  const onSave: RowQuota = { takes: ['storageBytes'] };
  const onCreate: RowQuota = { takes: counted ? [counted, 'storageBytes'] : ['storageBytes'] };
  const onDelete: RowQuota | undefined = counted && { returns: counted };
  const resource = z.object({
    id,
    name,
    version: z.number().int(),
    hash: z.string(),
    updatedAt: instant,
    updatedBy: z.string(),
    content,
    ...versionState,
  });
  const body = z.object({ name, content, message });
  return {
    list: route({
      method: 'GET',
      path: `/${plural}`,
      summary: `The tenant's ${plural}, by name`,
      permission: read,
      query: page,
      response: listOf(resource),
      status: 200,
      errors: [],
    }),
    create: route({
      quota: onCreate,
      method: 'POST',
      path: `/${plural}`,
      summary: `Save a new ${singular} as version 1`,
      permission: write,
      body,
      response: resource,
      status: 201,
      errors: ['ALREADY_EXISTS', 'NOT_FOUND', 'REFERENCE_MISSING', 'INVALID_STATE'],
      etag: true,
    }),
    get: route({
      method: 'GET',
      path: `/${plural}/:id`,
      summary: `One ${singular}, the latest version or that of a number or label`,
      permission: read,
      params: idParams,
      query: versionQuery,
      response: resource,
      status: 200,
      errors: ['NOT_FOUND'],
      etag: true,
    }),
    update: route({
      quota: onSave,
      method: 'PUT',
      path: `/${plural}/:id`,
      summary: 'Save and publish the next version at once; the name stays while something uses it',
      permission: write,
      params: idParams,
      body: body.partial({ name: true }),
      response: resource,
      status: 200,
      errors: [...conflicts, ...unfit],
      etag: true,
    }),
    delete: route({
      quota: onDelete,
      method: 'DELETE',
      path: `/${plural}/:id`,
      summary: `Delete a ${singular} that nothing uses; runs go on with what they started with`,
      permission: `${plural}:delete` as Permission,
      params: idParams,
      status: 204,
      errors: ['NOT_FOUND', 'IN_USE'],
    }),
    ...versionRows(plural, singular, resource),
  };
}
