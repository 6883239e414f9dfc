import { ok, type Result } from '@baton/engine/protocol';
import type {
  Draft,
  ListRequest,
  Page,
  PageRequest,
  Resource,
  ResourceKind,
  ResourceStore,
  VersionConflict,
  VersionName,
} from '@baton/infra/store';
import { z } from 'zod';
import {
  type Comparison,
  type ContentProblem,
  type ResourceChange,
  resourceName,
  type VersionConflictDetails,
  type VersionedSide,
  type VersionInfo,
} from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { NameClaims } from '../references/claims.ts';
import { documentOf } from './document.ts';
import { referenceTo } from './references.ts';

export interface Save<C> {
  name: string;
  content: C;
  author: string;
  message: string;
}

/** What a kind says of its contents; the rest is the same for all. */
export interface VersionedOptions<C> {
  kind: ResourceKind;
  store: ResourceStore;
  now(): number;
  newId(): string;
  /** Announces what happened to the tenant. */
  changed(tenantId: string, change: ResourceChange): void;
  /** What a version's content must be; a draft may be anything. */
  schema: z.ZodType<C>;
  /** What names are like, where they are not the usual ones. */
  nameSchema?: z.ZodType<string>;
  /** What a content names, as `ResourceStore.referring` finds it. */
  references?(content: C): readonly string[];
  /** The content with what a part of it says of the rest. */
  complete?(content: C): C;
  /**
   * Why a content may not become a version although it fits its schema: what it names is missing.
   * @param id of the resource, unless it is new
   */
  admit?(tenantId: string, content: C, name: string, id?: string): Promise<Result<void, Refusal>>;
  /** Keeps what is named there until it is saved, and what is deleted or renamed from being named meanwhile. */
  names?: NameClaims;
  /** Why it may not be deleted although nothing names it. */
  removable?(tenantId: string, resource: Resource<C>): Promise<Result<void, Refusal>>;
  /** What is wrong with a draft beside its schema. */
  problems?(tenantId: string, content: C): Promise<readonly ContentProblem[]>;
  /** A content as people read and compare it, a line each; YAML without this. */
  document?(content: unknown): string;
  /** Bytes of JSON a draft's content may have. */
  largestDraft?: number;
}

/** A draft with what keeps it from being published. */
export interface CheckedDraft extends Draft {
  problems: ContentProblem[];
}

/** What was published, with the hash of the version before. */
export interface PublishedDraft<C> {
  resource: Resource<C>;
  before: string;
}

/** A label on a version; `hash` is the version's. */
export interface LabelledVersion {
  label: string;
  version: number;
  hash: string;
  /** Hash of the version it was on before. */
  before?: string;
}

/** The rules of every versioned resource (law 4): a save is a version, and nobody saves over what they have not seen. */
export interface VersionedService<C> {
  list(tenantId: string, request: ListRequest): Promise<Page<Resource<C>>>;
  get(tenantId: string, id: string, version: VersionName | undefined): Promise<Result<Resource<C>, Refusal>>;
  create(tenantId: string, save: Save<C>): Promise<Result<Resource<C>, Refusal>>;
  /**
   * Why a content could not be saved under a name, as far as that lies in itself and in what it names.
   * @param id of the resource, unless it is new
   */
  check(tenantId: string, name: string, content: C, id?: string): Promise<Result<void, Refusal>>;
  /** @param expectedHash hash of the version that was edited; `*` = whatever there is. */
  update(
    tenantId: string,
    id: string,
    expectedHash: string,
    change: (latest: Resource<C>) => Save<C>,
  ): Promise<Result<Resource<C>, Refusal>>;
  delete(tenantId: string, id: string, by: string): Promise<Result<void, Refusal>>;
  versions(tenantId: string, id: string, page: PageRequest): Promise<Result<Page<VersionInfo>, Refusal>>;
  /** @param from and `to`: a number, a label, `latest` or `draft`. */
  diff(tenantId: string, id: string, from: string, to: string): Promise<Result<Comparison, Refusal>>;
  /** The content of that version as the next one; the name stays that of today. */
  restore(
    tenantId: string,
    id: string,
    expectedHash: string,
    restored: { version: number; author: string; message: string },
  ): Promise<Result<Resource<C>, Refusal>>;
  setLabel(
    tenantId: string,
    id: string,
    label: string,
    version: number,
    by: string,
  ): Promise<Result<LabelledVersion, Refusal>>;
  /** Answers the version it was on. */
  removeLabel(
    tenantId: string,
    id: string,
    label: string,
    by: string,
  ): Promise<Result<LabelledVersion, Refusal>>;
  draft(tenantId: string, id: string): Promise<Result<CheckedDraft, Refusal>>;
  saveDraft(
    tenantId: string,
    id: string,
    expectedHash: string,
    draft: { base: number; name?: string | undefined; content: unknown; author: string },
  ): Promise<Result<CheckedDraft, Refusal>>;
  /** @param expectedHash hash of the draft that was seen; `undefined` = whatever there is. */
  discardDraft(
    tenantId: string,
    id: string,
    expectedHash: string | undefined,
    by: string,
  ): Promise<Result<void, Refusal>>;
  publish(
    tenantId: string,
    id: string,
    draftHash: string,
    published: { author: string; message: string },
  ): Promise<Result<PublishedDraft<C>, Refusal>>;
}

/** Bytes of JSON; a workflow's XML of 2 MB is more than that, escaped. */
const usualDraft = 2_000_000;
/** Users of a resource told when it cannot go. */
const toldUsers = 20;

export function createVersionedService<C>(options: VersionedOptions<C>): VersionedService<C> {
  const { kind, store, changed } = options;
  const missing = (id: string, version?: VersionName) =>
    refuse('NOT_FOUND', `Expected a ${kind} '${id}'${nameOf(version)}, but there is none`);
  const nameTaken = (name: string) =>
    refuse('ALREADY_EXISTS', `Expected a new name for the ${kind}, but '${name}' is taken`, { name });
  const stamped = (save: Save<C>) => ({
    ...save,
    at: new Date(options.now()),
    references: options.references?.(save.content) ?? [],
  });
  const completed = <S extends { content: C }>(save: S): S =>
    options.complete ? { ...save, content: options.complete(save.content) } : save;
  const admitted = (tenantId: string, { name, content }: { name: string; content: C }, id?: string) =>
    options.admit?.(tenantId, content, name, id) ?? ok();
  const endingName = <T>(tenantId: string, name: string, end: () => Promise<Result<T, Refusal>>) =>
    options.names ? options.names.ending(tenantId, referenceTo(kind, name), end) : end();
  /** What the latest version names already cannot go while this save, which is over that version, is under way. */
  function saving<T>(
    tenantId: string,
    latest: Resource<C> | undefined,
    { name, content }: { name: string; content: C },
    save: () => Promise<Result<T, Refusal>>,
  ): Promise<Result<T, Refusal>> {
    if (!options.names) return save();
    const before = new Set(latest && options.references?.(latest.content));
    const named = (options.references?.(content) ?? []).filter((reference) => !before.has(reference));
    return options.names.naming(tenantId, named, () =>
      latest && latest.name !== name ? endingName(tenantId, latest.name, save) : save(),
    );
  }
  /** What is stored of this kind was checked by its schema when it was saved. */
  const typed = (stored: Resource) => stored as Resource<C>;
  const read = async (tenantId: string, id: string, version?: VersionName) =>
    (await store.get(tenantId, kind, id, version)) as Resource<C> | undefined;

  /** A name that others use stays, and so does what has it. */
  async function unused(tenantId: string, { id, name }: Resource<C>): Promise<Result<void, Refusal>> {
    const page = { limit: toldUsers + 1, offset: 0 };
    const { items } = await store.referring(tenantId, undefined, referenceTo(kind, name), page);
    const users = items.filter((user) => user.kind !== kind || user.id !== id).slice(0, toldUsers);
    if (users.length === 0) return ok();
    const told = users.slice(0, 5).map((user) => `${user.kind} '${user.name}'`);
    return refuse(
      'IN_USE',
      `Expected a ${kind} that nothing uses, but '${name}' is used by ${told.join(', ')}${users.length > 5 ? ' …' : ''}`,
      { usedBy: users.map((user) => ({ kind: user.kind, id: user.id, name: user.name })) },
    );
  }
  const renamable = (tenantId: string, latest: Resource<C>, name: string) =>
    name === latest.name ? ok() : unused(tenantId, latest);

  function conflict(
    what: string,
    yours: VersionConflictDetails['yours'],
    { latest, draft }: Omit<VersionConflict, 'code'>,
    theirs: 'latest' | 'draft',
  ) {
    const side = theirs === 'draft' && draft ? sideOfDraft(draft) : sideOf(latest);
    const since =
      side.version === null
        ? `${side.author} has changed the draft since`
        : `${side.author} has saved version ${side.version} since`;
    const details: VersionConflictDetails = { yours, theirs: side };
    return refuse('VERSION_CONFLICT', `Expected to ${what}, but ${since}`, details);
  }

  const version = z.object({ name: options.nameSchema ?? resourceName, content: options.schema });
  async function checked(tenantId: string, draft: Draft): Promise<CheckedDraft> {
    const { name, content } = draft;
    const parsed = version.safeParse({ name, content });
    if (parsed.success)
      return { ...draft, problems: [...((await options.problems?.(tenantId, parsed.data.content)) ?? [])] };
    const problems = parsed.error.issues.map(
      ({ path, code, message }): ContentProblem => ({
        path: path.map(String),
        code: code.toUpperCase(),
        severity: 'error',
        message,
      }),
    );
    return { ...draft, problems };
  }
  function valid(given: { name: string; content: unknown }): Result<{ name: string; content: C }, Refusal> {
    const parsed = version.safeParse({ name: given.name, content: given.content });
    if (parsed.success) return ok(parsed.data);
    const issues = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String), message }));
    return refuse(
      'VALIDATION_FAILED',
      `Expected a ${kind} as documented, but '${issues[0]!.path.join('.')}': ${issues[0]!.message}`,
      { issues },
    );
  }
  const noDraft = (id: string) =>
    refuse('NOT_FOUND', `Expected a draft of the ${kind} '${id}', but there is none`);

  function announceSave(tenantId: string, { id, name, version, author: by }: Resource, before: number) {
    if (version !== before) changed(tenantId, { change: 'updated', id, name, version, by });
  }

  const service: VersionedService<C> = {
    async list(tenantId, page) {
      const { items, total } = await store.list(tenantId, kind, page);
      return { items: items.map(typed), total };
    },

    async get(tenantId, id, version) {
      const found = await read(tenantId, id, version);
      return found ? ok(found) : missing(id, version);
    },

    create(tenantId, given) {
      const save = completed(given);
      return saving(tenantId, undefined, save, async () => {
        const wrong = await admitted(tenantId, save);
        if (!wrong.ok) return wrong;
        const created = await store.create(tenantId, kind, options.newId(), stamped(save));
        if (!created.ok) return nameTaken(save.name);
        const { id, name, version, author: by } = created.value;
        changed(tenantId, { change: 'created', id, name, version, by });
        return ok(typed(created.value));
      });
    },

    check: async (tenantId, name, content, id) => admitted(tenantId, completed({ name, content }), id),

    async update(tenantId, id, expectedHash, change) {
      const latest = await read(tenantId, id);
      if (!latest) return missing(id);
      const save = completed(change(latest));
      return saving(tenantId, latest, save, async () => {
        const wrong = await admitted(tenantId, save, id);
        if (!wrong.ok) return wrong;
        const free = await renamable(tenantId, latest, save.name);
        if (!free.ok) return free;
        const expected = expectedHash === '*' ? latest.hash : expectedHash;
        const updated = await store.update(tenantId, kind, id, expected, stamped(save));
        if (updated.ok) {
          announceSave(tenantId, updated.value, latest.version);
          return ok(typed(updated.value));
        }
        const { failure } = updated;
        if (failure.code === 'VERSION_CONFLICT') {
          const yours = { base: expected, name: save.name, content: save.content };
          return conflict('save over the version that was edited', yours, failure, 'latest');
        }
        return failure.code === 'NOT_FOUND' ? missing(id) : nameTaken(save.name);
      });
    },

    async delete(tenantId, id, by) {
      const found = await read(tenantId, id);
      if (!found) return missing(id);
      return endingName(tenantId, found.name, async () => {
        const latest = await read(tenantId, id);
        if (!latest) return missing(id);
        // Renamed before it was claimed: the claim is on a name it does not have any more.
        if (latest.name !== found.name) return service.delete(tenantId, id, by);
        const free = await unused(tenantId, latest);
        if (!free.ok) return free;
        const removable = await options.removable?.(tenantId, latest);
        if (removable && !removable.ok) return removable;
        if (!(await store.delete(tenantId, kind, id))) return missing(id);
        changed(tenantId, { change: 'deleted', id, name: latest.name, by });
        return ok();
      });
    },

    async versions(tenantId, id, page) {
      if (!(await read(tenantId, id))) return missing(id);
      const { items, total } = await store.versions(tenantId, kind, id, page);
      const versions = items.map(({ version, hash, author, message, savedAt, labels }) => ({
        version,
        hash,
        author,
        message,
        savedAt: savedAt.toISOString(),
        labels,
      }));
      return ok({ items: versions, total });
    },

    async diff(tenantId, id, from, to) {
      async function side(name: string): Promise<VersionedSide | undefined> {
        if (name === 'draft') {
          const draft = await store.draft(tenantId, kind, id);
          return draft && sideOfDraft(draft);
        }
        const version = name === 'latest' ? undefined : /^\d/.test(name) ? Number(name) : { label: name };
        const found = await read(tenantId, id, version);
        return found && sideOf(found);
      }
      if (!(await read(tenantId, id))) return missing(id);
      const [before, after] = await Promise.all([side(from), side(to)]);
      if (!before || !after) {
        const name = before ? to : from;
        return refuse(
          'NOT_FOUND',
          `Expected the ${kind} '${id}' to have ${name === 'draft' ? 'a draft' : `a version '${name}'`}, but it has none`,
        );
      }
      const { differences, patchOf } = await import('./compare.ts');
      const { changes, complete } = differences(before.content, after.content);
      const document = options.document ?? documentOf;
      const patch = patchOf(
        { name: from, text: ended(document(before.content)) },
        { name: to, text: ended(document(after.content)) },
      );
      return ok({ from: before, to: after, changes, text: patch.text, complete: complete && patch.complete });
    },

    async restore(tenantId, id, expectedHash, { version, author, message }) {
      const [latest, old] = await Promise.all([read(tenantId, id), read(tenantId, id, version)]);
      if (!latest) return missing(id);
      if (!old) return missing(id, version);
      const fits = valid({ name: latest.name, content: old.content });
      if (!fits.ok) return fits;
      return service.update(tenantId, id, expectedHash, ({ name }) => ({
        name,
        content: fits.value.content,
        author,
        message,
      }));
    },

    async setLabel(tenantId, id, label, version, by) {
      const latest = await read(tenantId, id);
      if (!latest) return missing(id);
      const set = await store.setLabel(tenantId, kind, id, label, version);
      if (!set.ok) {
        switch (set.failure.code) {
          case 'NOT_FOUND':
            return missing(id);
          case 'VERSION_NOT_FOUND':
            return missing(id, version);
          case 'TOO_MANY_LABELS':
            return refuse(
              'INVALID_STATE',
              `Expected at most ${set.failure.most} labels on a ${kind}, but it has as many`,
            );
        }
      }
      const { hash, before } = set.value;
      if (before?.version !== version)
        changed(tenantId, { change: 'labels', id, name: latest.name, version, by });
      return ok({ label, version, hash, ...(before && { before: before.hash }) });
    },

    async removeLabel(tenantId, id, label, by) {
      const latest = await read(tenantId, id);
      if (!latest) return missing(id);
      const removed = await store.removeLabel(tenantId, kind, id, label);
      if (!removed) return missing(id, { label });
      changed(tenantId, { change: 'labels', id, name: latest.name, version: removed.version, by });
      return ok({ label, ...removed });
    },

    async draft(tenantId, id) {
      const found = await store.draft(tenantId, kind, id);
      return found ? ok(await checked(tenantId, found)) : noDraft(id);
    },

    async saveDraft(tenantId, id, expectedHash, { base, name, content, author }) {
      const size = Buffer.byteLength(JSON.stringify(content));
      const largest = options.largestDraft ?? usualDraft;
      if (size > largest) {
        return refuse(
          'BODY_TOO_LARGE',
          `Expected a draft of at most ${largest} bytes of JSON, but it has ${size}`,
          { limit: largest },
        );
      }
      const [latest, current] = await Promise.all([
        read(tenantId, id),
        expectedHash === '*' ? store.draft(tenantId, kind, id) : undefined,
      ]);
      if (!latest) return missing(id);
      const expected = expectedHash === '*' ? (current ?? latest).hash : expectedHash;
      const request = { base, name, content, author, at: new Date(options.now()) };
      const saved = await store.saveDraft(tenantId, kind, id, expected, request);
      if (!saved.ok) {
        const { failure } = saved;
        if (failure.code !== 'VERSION_CONFLICT')
          return failure.code === 'NOT_FOUND' ? missing(id) : missing(id, base);
        const yours = { base: expected, name: name ?? (failure.draft ?? latest).name, content };
        return conflict('save over the draft that was edited', yours, failure, 'draft');
      }
      changed(tenantId, { change: 'draft', id, name: latest.name, version: latest.version, by: author });
      return ok(await checked(tenantId, saved.value));
    },

    async discardDraft(tenantId, id, expectedHash, by) {
      const latest = await read(tenantId, id);
      if (!latest) return missing(id);
      const discarded = await store.discardDraft(tenantId, kind, id, expectedHash);
      if (!discarded.ok) {
        if (discarded.failure.code === 'NOT_FOUND') return noDraft(id);
        const yours = { base: expectedHash ?? '' };
        return conflict('throw away the draft that was seen', yours, discarded.failure, 'draft');
      }
      changed(tenantId, { change: 'draft', id, name: latest.name, version: latest.version, by });
      return ok();
    },

    async publish(tenantId, id, draftHash, { author, message }) {
      const [latest, draft] = await Promise.all([read(tenantId, id), store.draft(tenantId, kind, id)]);
      if (!latest) return missing(id);
      if (!draft) return noDraft(id);
      const expected = draftHash === '*' ? draft.hash : draftHash;
      if (draft.hash !== expected) {
        const yours = { base: expected };
        return conflict('publish the draft that was seen', yours, { latest, draft }, 'draft');
      }
      const yours = { base: expected, name: draft.name, content: draft.content };
      if (draft.base !== latest.version) {
        return conflict(`publish over version ${draft.base}`, yours, { latest, draft }, 'latest');
      }
      const fits = valid(draft);
      if (!fits.ok) return fits;
      const ready = completed(fits.value);
      return saving(tenantId, latest, ready, async () => {
        const wrong = await admitted(tenantId, ready, id);
        if (!wrong.ok) return wrong;
        const free = await renamable(tenantId, latest, ready.name);
        if (!free.ok) return free;
        const save = stamped({ ...ready, author, message });
        const published = await store.publish(tenantId, kind, id, expected, save);
        if (published.ok) {
          announceSave(tenantId, published.value, latest.version);
          return ok({ resource: typed(published.value), before: latest.hash });
        }
        const { failure } = published;
        if (failure.code === 'VERSION_CONFLICT') {
          const moved = failure.draft && failure.draft.hash !== expected ? 'draft' : 'latest';
          return conflict('publish the draft that was seen', yours, failure, moved);
        }
        return failure.code === 'NOT_FOUND' ? missing(id) : nameTaken(save.name);
      });
    },
  };
  return service;
}

function nameOf(version: VersionName | undefined): string {
  if (version === undefined) return '';
  return typeof version === 'number' ? ` with version ${version}` : ` with the label '${version.label}'`;
}

const ended = (text: string) => (text.endsWith('\n') ? text : `${text}\n`);

const sideOf = ({ version, hash, name, author, message, savedAt, content }: Resource): VersionedSide => ({
  version,
  hash,
  name,
  author,
  message,
  savedAt: savedAt.toISOString(),
  content: content as VersionedSide['content'],
});

const sideOfDraft = ({ hash, name, content, updatedAt, updatedBy }: Draft): VersionedSide => ({
  version: null,
  hash,
  name,
  author: updatedBy,
  message: '',
  savedAt: updatedAt.toISOString(),
  content: content as VersionedSide['content'],
});
