import { ok, type Result } from '@baton/engine/protocol';
import type { Page, PageRequest, Resource, ResourceKind, ResourceStore } from '@baton/infra/store';
import type { Agent, ResourceChange, Task, Tool, VersionInfo } from '../api/index.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { listAnswer } from './handler.ts';

export interface Save<C> {
  name: string;
  content: C;
  author: string;
  message: string;
}

export interface VersionedOptions<C> {
  kind: ResourceKind;
  store: ResourceStore;
  now(): number;
  newId(): string;
  /** Announces a save or deletion to the tenant. */
  changed(tenantId: string, change: ResourceChange): void;
  /** What a content names, as `ResourceStore.referring` finds it. */
  references?(content: C): readonly string[];
  /** Why a content may not be saved although it fits its schema: what it names is missing. */
  admit?(tenantId: string, content: C): Promise<Result<void, Refusal>>;
}

/** The rules of every versioned resource (law 4): a save is a version, and nobody saves over what they have not seen. */
export interface VersionedService<C> {
  list(tenantId: string, page: PageRequest): Promise<Page<Resource<C>>>;
  get(tenantId: string, id: string, version: number | undefined): Promise<Result<Resource<C>, Refusal>>;
  create(tenantId: string, save: Save<C>): Promise<Result<Resource<C>, Refusal>>;
  /** @param expectedHash hash of the version that was edited; `*` = whatever there is. */
  update(
    tenantId: string,
    id: string,
    expectedHash: string,
    change: (latest: Resource<C>) => Save<C>,
  ): Promise<Result<Resource<C>, Refusal>>;
  delete(tenantId: string, id: string): Promise<Result<void, Refusal>>;
  versions(tenantId: string, id: string, page: PageRequest): Promise<Result<Page<VersionInfo>, Refusal>>;
}

export function createVersionedService<C>(options: VersionedOptions<C>): VersionedService<C> {
  const { kind, store, changed } = options;
  const missing = (id: string, version?: number) =>
    refuse(
      'NOT_FOUND',
      `Expected a ${kind} '${id}'${version === undefined ? '' : ` with version ${version}`}, but there is none`,
    );
  const nameTaken = (name: string) =>
    refuse('ALREADY_EXISTS', `Expected a new name for the ${kind}, but '${name}' is taken`, { name });
  const stamped = (save: Save<C>) => ({
    ...save,
    at: new Date(options.now()),
    references: options.references?.(save.content) ?? [],
  });
  const admitted = (tenantId: string, content: C) => options.admit?.(tenantId, content) ?? ok();
  const read = async (tenantId: string, id: string, version?: number) =>
    (await store.get(tenantId, kind, id, version)) as Resource<C> | undefined;

  return {
    list: (tenantId, page) => store.list(tenantId, kind, page) as Promise<Page<Resource<C>>>,

    async get(tenantId, id, version) {
      const found = await read(tenantId, id, version);
      return found ? ok(found) : missing(id, version);
    },

    async create(tenantId, save) {
      const wrong = await admitted(tenantId, save.content);
      if (!wrong.ok) return wrong;
      const created = await store.create(tenantId, kind, options.newId(), stamped(save));
      if (!created.ok) return nameTaken(save.name);
      changed(tenantId, { change: 'created', id: created.value.id, name: created.value.name });
      return ok(created.value as Resource<C>);
    },

    async update(tenantId, id, expectedHash, change) {
      const latest = await read(tenantId, id);
      if (!latest) return missing(id);
      const save = change(latest);
      const wrong = await admitted(tenantId, save.content);
      if (!wrong.ok) return wrong;
      const expected = expectedHash === '*' ? latest.hash : expectedHash;
      const updated = await store.update(tenantId, kind, id, expected, stamped(save));
      if (updated.ok) {
        if (updated.value.version !== latest.version) {
          changed(tenantId, { change: 'updated', id, name: updated.value.name });
        }
        return ok(updated.value as Resource<C>);
      }
      const { failure } = updated;
      if (!('latest' in failure)) return failure.code === 'NOT_FOUND' ? missing(id) : nameTaken(save.name);
      const theirs = failure.latest;
      return refuse(
        'VERSION_CONFLICT',
        `Expected to save over the version that was edited, but ${theirs.author} has saved version ${theirs.version} since`,
        {
          yours: { base: expected, name: save.name, content: save.content },
          theirs: {
            version: theirs.version,
            hash: theirs.hash,
            author: theirs.author,
            savedAt: theirs.savedAt.toISOString(),
            name: theirs.name,
            content: theirs.content,
          },
        },
      );
    },

    async delete(tenantId, id) {
      const latest = await read(tenantId, id);
      if (!latest || !(await store.delete(tenantId, kind, id))) return missing(id);
      changed(tenantId, { change: 'deleted', id, name: latest.name });
      return ok();
    },

    async versions(tenantId, id, page) {
      if (!(await read(tenantId, id))) return missing(id);
      const { items, total } = await store.versions(tenantId, kind, id, page);
      const versions = items.map(({ version, hash, author, message, savedAt }) => ({
        version,
        hash,
        author,
        message,
        savedAt: savedAt.toISOString(),
      }));
      return ok({ items: versions, total });
    },
  };
}

/** At most as many as a store answers at once. */
const pageSize = 200;

/** All of a tenant's resources that fit, by name. */
export async function everyResource<C>(
  service: VersionedService<C>,
  tenantId: string,
  fits: (resource: Resource<C>) => boolean,
): Promise<Resource<C>[]> {
  const found: Resource<C>[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const { items, total } = await service.list(tenantId, { limit: pageSize, offset });
    found.push(...items.filter(fits));
    if (offset + pageSize >= total) return found;
  }
}

/** A resource as agents, tools and tasks answer it. */
export function resourceView<C>(resource: Resource<C>) {
  const { id, name, version, hash, savedAt, author, content } = resource;
  return { id, name, version, hash, updatedAt: savedAt.toISOString(), updatedBy: author, content };
}

interface VersionedCall<C> {
  principal: { username: string };
  tenantId: string;
  params: { id: string };
  query: PageRequest & { version?: number | undefined };
  body: { name: string; content: C; message: string };
  ifMatch?: string;
}

/** The handlers of `versionedRoutes`: one translation for all kinds. */
export function versionedHandlers<C extends (Agent | Tool | Task)['content']>(service: VersionedService<C>) {
  type Ask<P extends keyof VersionedCall<C>> = Pick<VersionedCall<C>, P>;
  const view = (saved: Result<Resource<C>, Refusal>) => (saved.ok ? ok(resourceView(saved.value)) : saved);
  return {
    async list({ tenantId, query }: Ask<'tenantId'> & { query: PageRequest }) {
      const { items, total } = await service.list(tenantId, query);
      return ok(listAnswer(items.map(resourceView), total, query));
    },
    async create({ tenantId, principal, body }: Ask<'tenantId' | 'principal' | 'body'>) {
      return view(await service.create(tenantId, { ...body, author: principal.username }));
    },
    async get({
      tenantId,
      params,
      query,
    }: Ask<'tenantId' | 'params'> & { query: { version?: number | undefined } }) {
      return view(await service.get(tenantId, params.id, query.version));
    },
    async update({
      tenantId,
      principal,
      params,
      body,
      ifMatch,
    }: Ask<'tenantId' | 'principal' | 'params' | 'ifMatch'> & {
      body: { name?: string | undefined; content: C; message: string };
    }) {
      const saved = await service.update(tenantId, params.id, ifMatch ?? '', (latest) => ({
        name: body.name ?? latest.name,
        content: body.content,
        author: principal.username,
        message: body.message,
      }));
      return view(saved);
    },
    delete: ({ tenantId, params }: Ask<'tenantId' | 'params'>) => service.delete(tenantId, params.id),
    async versions({ tenantId, params, query }: Ask<'tenantId' | 'params'> & { query: PageRequest }) {
      const found = await service.versions(tenantId, params.id, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
  };
}
