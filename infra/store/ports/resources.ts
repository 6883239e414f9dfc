import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

/** Kinds of versioned resources; one mechanism for all. */
export type ResourceKind = 'workflow' | 'agent' | 'tool' | 'task';

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
}
export type ResourceVersion = Omit<Resource, 'content'>;

export interface SaveRequest {
  name: string;
  content: unknown;
  author: string;
  message: string;
  at: Date;
  /** What the content names, e.g. `provider/office-gpu`: `referring` finds it by these. */
  references?: readonly string[];
}

export interface ResourceStore {
  list(tenantId: string, kind: ResourceKind, page: PageRequest): Promise<Page<Resource>>;
  get(tenantId: string, kind: ResourceKind, id: string, version?: number): Promise<Resource | undefined>;
  getByName(
    tenantId: string,
    kind: ResourceKind,
    name: string,
    version?: number,
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
  ): Promise<
    Result<
      Resource,
      { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | { code: 'VERSION_CONFLICT'; latest: Resource }
    >
  >;
  /**
   * Whether the id is one of another tenant. For the one API that tells "not yours" from "not there" (`/api/v1`): it answers
   * nothing but existence, and ids are random, so nobody comes by one but from its owner.
   */
  existsElsewhere(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Old versions stay readable by runs that named them (`get` with a version). */
  delete(tenantId: string, kind: ResourceKind, id: string): Promise<boolean>;
  /** Those whose latest version was saved with this reference, by name. */
  referring(
    tenantId: string,
    kind: ResourceKind,
    reference: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;
  /** What the tenant has: how many that are not deleted, and bytes of all versions, deleted ones too. */
  stored(tenantId: string): Promise<{ counts: { [K in ResourceKind]: number }; bytes: number }>;
  versions(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    page: PageRequest,
  ): Promise<Page<ResourceVersion>>;
}
