import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

/** Kinds of versioned resources; one mechanism for all. */
export const resourceKinds = [
  'workflow',
  'agent',
  'tool',
  'task',
  'prompt',
  'policy',
  'template',
  'form',
  'decision',
  'note',
] as const;
export type ResourceKind = (typeof resourceKinds)[number];

/** A version by its number or by a label that is on it. */
export type VersionName = number | { label: string };

/** One version of a resource. Every save is one; rollback is a new one. */
export interface Resource<C = unknown> {
  id: string;
  kind: ResourceKind;
  tenantId: string;
  /** Unique per tenant and kind. */
  name: string;
  version: number;
  /** sha-256 of the canonical JSON of name and content, hex. */
  hash: string;
  content: C;
  author: string;
  message: string;
  savedAt: Date;
  /** Labels on this version, by name. */
  labels: string[];
  /** The resource's draft, whatever the version. */
  draft?: DraftInfo;
}
/** The latest version without its content, and what it names. */
export interface ResourceHead extends ResourceVersion {
  draft?: DraftInfo;
  references: string[];
}
export type ResourceVersion = Omit<Resource, 'content' | 'draft'>;

/** The working copy of a resource: one, kept as it was typed. */
export interface Draft {
  /** Number of the version it began with. */
  base: number;
  /** sha-256 of the canonical JSON of base, name and content, hex. */
  hash: string;
  name: string;
  content: unknown;
  updatedAt: Date;
  updatedBy: string;
}
export type DraftInfo = Omit<Draft, 'name' | 'content'>;

export interface SaveRequest {
  name: string;
  content: unknown;
  author: string;
  message: string;
  at: Date;
  /** What the content names, e.g. `provider/office-gpu`: `referring` finds it by these. */
  references?: readonly string[];
}

export interface DraftRequest {
  base: number;
  /** Without it the name stays: the draft's, or that of the latest version. */
  name?: string | undefined;
  content: unknown;
  author: string;
  at: Date;
}

/** What is there in place of what the caller has seen. */
export interface VersionConflict {
  code: 'VERSION_CONFLICT';
  latest: Resource;
  draft?: Draft;
}

/** Which of a kind are listed, by name. */
export interface ListRequest extends PageRequest {
  /** Only those whose name has this in it. */
  search?: string | undefined;
}

export interface ResourceStore {
  list(tenantId: string, kind: ResourceKind, request: ListRequest): Promise<Page<Resource>>;
  /** Of several kinds, by kind and name. */
  heads(tenantId: string, kinds: readonly ResourceKind[], page: PageRequest): Promise<Page<ResourceHead>>;
  get(tenantId: string, kind: ResourceKind, id: string, version?: VersionName): Promise<Resource | undefined>;
  getByName(
    tenantId: string,
    kind: ResourceKind,
    name: string,
    version?: VersionName,
  ): Promise<Resource | undefined>;
  create(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    save: SaveRequest,
  ): Promise<Result<Resource, { code: 'ALREADY_EXISTS' }>>;
  /** Compare-and-set: refused when the latest hash is not `expectedHash`. The same content makes no new version. */
  update(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    expectedHash: string,
    save: SaveRequest,
  ): Promise<Result<Resource, { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | VersionConflict>>;
  /**
   * Whether the id is one of another tenant. For the one API that tells "not yours" from "not there" (`/api/v1`): it answers
   * nothing but existence, and ids are random, so nobody comes by one but from its owner.
   */
  existsElsewhere(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Old versions stay readable by runs that named them (`get` with a number); draft and labels go. */
  delete(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Those whose latest version was saved with this reference, by name; of every kind without one, in any order. */
  referring(
    tenantId: string,
    kind: ResourceKind | undefined,
    reference: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;
  /** What the latest version names, where that was not known when it was saved. False when `hash` is not the latest's. */
  refer(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    hash: string,
    references: readonly string[],
  ): Promise<boolean>;
  /** What the tenant has: how many that are not deleted, and bytes of drafts and all versions, deleted ones too. */
  stored(tenantId: string): Promise<{ counts: { [K in ResourceKind]: number }; bytes: number }>;
  versions(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;

  draft(tenantId: string, kind: ResourceKind, id: string): Promise<Draft | undefined>;
  /** Compare-and-set: `expectedHash` is that of the draft there is, or of the latest version when there is none. */
  saveDraft(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    expectedHash: string,
    draft: DraftRequest,
  ): Promise<Result<Draft, { code: 'NOT_FOUND' | 'VERSION_NOT_FOUND' } | VersionConflict>>;
  /** @param expectedHash of the draft; `undefined` = whatever there is. */
  discardDraft(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    expectedHash: string | undefined,
  ): Promise<Result<void, { code: 'NOT_FOUND' } | VersionConflict>>;
  /**
   * Saves the next version in place of the draft it was made of, in one step. Refused when the draft is another one by
   * now, or begins with another version than the latest.
   */
  publish(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    draftHash: string,
    save: SaveRequest,
  ): Promise<Result<Resource, { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | VersionConflict>>;

  /** Puts the label on a version, and off the one that had it. Answers the version, and the one before. */
  setLabel(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    label: string,
    version: number,
  ): Promise<
    Result<
      { version: number; hash: string; before?: { version: number; hash: string } },
      { code: 'NOT_FOUND' | 'VERSION_NOT_FOUND' } | { code: 'TOO_MANY_LABELS'; most: number }
    >
  >;
  /** Answers the version it was on. */
  removeLabel(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    label: string,
  ): Promise<{ version: number; hash: string } | undefined>;
}
