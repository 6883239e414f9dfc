import type { Failed, Ok, Result } from '@baton/engine/protocol';
import { contentHash, jsonHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredDraft, StoredLabel, StoredResource, StoredVersion } from '../models/resource.ts';
import { naturalId } from '../naturalId.ts';
import {
  type Draft,
  type DraftInfo,
  type DraftRequest,
  type Resource,
  type ResourceHead,
  type ResourceKind,
  type ResourceStore,
  type ResourceVersion,
  resourceKinds,
  type SaveRequest,
  type VersionConflict,
  type VersionName,
} from '../ports.ts';

/** As many as anybody keeps apart, and few enough to be read with every version. */
const mostLabels = 32;

/** A head that is read to be shown, not to be replaced: without the draft's content. */
const shown = { 'draft.content': 0 } as const;

/** What a change makes of a head: the next one, nothing, or a refusal. */
type Decision<T, F> = { next: StoredResource; value: T } | { same: T } | { refused: F };

/**
 * The latest version, the labels and the draft live in the head document, older versions beside it. Every change reads the
 * head, decides, and replaces it in one compare-and-set of its revision, which is the moment it happens; whoever was
 * overtaken decides anew. A save copies the head's version aside before: a crash in between has saved nothing, and a copy
 * that lies there already is the same copy.
 */
export function resourceStore({ resources, resourceVersions }: Models, now: () => Date): ResourceStore {
  const headOf = (tenantId: string, kind: ResourceKind, id: string) =>
    resources.findOne({ _id: naturalId(tenantId, kind, id), tenantId }, shown).lean();

  async function keepAside(head: StoredResource): Promise<void> {
    const { tenantId, kind, id, name, version, hash, content, author, message, savedAt } = head;
    const _id = naturalId(tenantId, kind, id, version);
    const size = Buffer.byteLength(content);
    const kept = { _id, tenantId, kind, id, name, version, hash, content, author, message, savedAt, size };
    try {
      await resourceVersions.create(kept);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** The one way a head that is there changes. */
  async function change<T, F>(
    tenantId: string,
    kind: ResourceKind,
    id: string,
    decide: (head: StoredResource | null) => Decision<T, F> | Promise<Decision<T, F>>,
  ): Promise<Result<T, F | { code: 'ALREADY_EXISTS' }>> {
    for (;;) {
      const head = await resources.findOne({ _id: naturalId(tenantId, kind, id), tenantId }).lean();
      const decision = await decide(head);
      if ('refused' in decision) return failed(decision.refused);
      if ('same' in decision) return ok(decision.same);
      const { next, value } = decision;
      try {
        if (!head) {
          await resources.create({ ...next, revision: 1, size: bytesOf(next) });
          return ok(value);
        }
        if (next.version !== head.version) await keepAside(head);
        const { revision = null } = head;
        const { matchedCount } = await resources.replaceOne(
          // Heads of before have none, which equals null.
          { _id: head._id, tenantId, revision: revision as number },
          { ...next, revision: (revision ?? 0) + 1, size: bytesOf(next) },
        );
        if (matchedCount === 1) return ok(value);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const taken = await resources.exists({
          tenantId,
          kind,
          name: next.name,
          deleted: false,
          id: { $ne: id },
        });
        // Without such a name it was this id that somebody else made first.
        if (taken || head) return failed({ code: 'ALREADY_EXISTS' });
      }
    }
  }

  async function versionOf(head: StoredResource, version: VersionName): Promise<Resource | undefined> {
    const number = typeof version === 'number' ? version : labelled(head, version.label)?.version;
    if (number === undefined) return undefined;
    if (number === head.version) return toResource(head);
    const { tenantId, kind, id } = head;
    const kept = await resourceVersions
      .findOne({
        _id: naturalId(tenantId, kind, id, number),
        tenantId,
        version: { $lt: head.version },
      })
      .lean();
    return kept ? toResource(head, kept) : undefined;
  }

  async function headsOf(tenantId: string, kind: ResourceKind, offset: number, limit: number) {
    const found = await resources
      .find({ tenantId, kind, deleted: false }, { content: 0, ...shown })
      .sort({ name: 1 })
      .skip(offset)
      .limit(limit)
      .lean();
    return found.map(toHead);
  }

  return {
    async list(tenantId, kind, { limit, offset, search }) {
      const filter = {
        tenantId,
        kind,
        deleted: false,
        ...(search === undefined ? {} : { name: { $regex: literally(search) } }),
      };
      const [found, total] = await Promise.all([
        limit === 0 ? [] : resources.find(filter, shown).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        resources.countDocuments(filter),
      ]);
      return { items: found.map((head) => toResource(head)), total };
    },

    async heads(tenantId, kinds, { limit, offset }) {
      const counted = await Promise.all(
        kinds.map(async (kind) => ({
          kind,
          count: await resources.countDocuments({ tenantId, kind, deleted: false }),
        })),
      );
      const wanted: Promise<ResourceHead[]>[] = [];
      let before = 0;
      // A kind at a time: its index has them in order.
      for (const { kind, count } of counted) {
        const from = Math.max(0, offset - before);
        const most = Math.min(offset + limit - before, count) - from;
        if (most > 0) wanted.push(headsOf(tenantId, kind, from, most));
        before += count;
      }
      return { items: (await Promise.all(wanted)).flat(), total: before };
    },

    async stored(tenantId) {
      const counts = Object.fromEntries(
        await Promise.all(
          resourceKinds.map(async (kind) => [
            kind,
            await resources.countDocuments({ tenantId, kind, deleted: false }),
          ]),
        ),
      ) as { [K in ResourceKind]: number };
      const bytes = await Promise.all([bytesIn(resources, tenantId), bytesIn(resourceVersions, tenantId)]);
      return { counts, bytes: bytes[0] + bytes[1] };
    },

    async get(tenantId, kind, id, version) {
      const head = await headOf(tenantId, kind, id);
      if (!head) return undefined;
      if (version !== undefined) return versionOf(head, version);
      return head.deleted ? undefined : toResource(head);
    },

    async getByName(tenantId, kind, name, version) {
      const live = await resources.findOne({ tenantId, kind, name, deleted: false }, shown).lean();
      if (version === undefined) return live ? toResource(live) : undefined;
      const found = live && (await versionOf(live, version));
      if (found) return found;
      if (typeof version !== 'number') return undefined;
      // A run may name a version of what has been deleted since.
      const deleted = await resources
        .find({ tenantId, kind, name, deleted: true, version: { $gte: version } })
        .sort({ deletedAt: -1, _id: 1 })
        .limit(1)
        .lean();
      return deleted[0] ? versionOf(deleted[0], version) : undefined;
    },

    create: (tenantId, kind, id, save) =>
      change<Resource, { code: 'ALREADY_EXISTS' }>(tenantId, kind, id, (head) => {
        if (head && !head.deleted) return { refused: { code: 'ALREADY_EXISTS' } };
        // Numbers go on after a deletion: no run's version ever comes to mean something else.
        const version = storedVersion(tenantId, kind, id, (head?.version ?? 0) + 1, save);
        const next = { ...version, deleted: false, references: [...(save.references ?? [])] };
        return { next, value: toResource(next) };
      }),

    update: (tenantId, kind, id, expectedHash, save) =>
      change<Resource, { code: 'NOT_FOUND' } | VersionConflict>(tenantId, kind, id, (head) => {
        if (!head || head.deleted) return { refused: { code: 'NOT_FOUND' } };
        if (head.hash !== expectedHash) return { refused: conflict(head) };
        const next = nextVersion(head, save);
        return next.hash === head.hash ? { same: toResource(head) } : { next, value: toResource(next) };
      }),

    async existsElsewhere(tenantId, kind, id) {
      // The one question about tenants other than the caller's: past the guard of the model, and nothing but yes or no.
      const elsewhere = { id, kind, tenantId: { $ne: tenantId }, deleted: false };
      return (await resources.collection.countDocuments(elsewhere, { limit: 1 })) > 0;
    },

    async delete(tenantId, kind, id) {
      const deleted = await change<void, { code: 'NOT_FOUND' }>(tenantId, kind, id, (head) => {
        if (!head || head.deleted) return { refused: { code: 'NOT_FOUND' } };
        const { draft, labels, ...rest } = head;
        return { next: { ...rest, deleted: true, deletedAt: now() }, value: undefined };
      });
      return deleted.ok;
    },

    async referring(tenantId, kind, reference, { limit, offset }) {
      const filter = { tenantId, references: reference, deleted: false, ...(kind ? { kind } : {}) };
      const [found, total] = await Promise.all([
        limit === 0
          ? []
          : resources
              .find(filter, { content: 0, ...shown })
              .sort(kind ? { name: 1 } : {})
              .skip(offset)
              .limit(limit)
              .lean(),
        resources.countDocuments(filter),
      ]);
      return { items: found.map((head) => toVersion(head)), total };
    },

    async refer(tenantId, kind, id, hash, references) {
      const referred = await change<void, { code: 'NOT_FOUND' }>(tenantId, kind, id, (head) => {
        if (!head || head.deleted || head.hash !== hash) return { refused: { code: 'NOT_FOUND' } };
        if (references.join() === (head.references ?? []).join()) return { same: undefined };
        return { next: { ...head, references: [...references] }, value: undefined };
      });
      return referred.ok;
    },

    async versions(tenantId, kind, id, { limit, offset }) {
      const head = await headOf(tenantId, kind, id);
      if (!head || head.deleted) return { items: [], total: 0 };
      const older = { tenantId, kind, id, version: { $lt: head.version } };
      const first = offset === 0 && limit > 0 ? [head] : [];
      const count = limit - first.length;
      const found =
        count === 0
          ? []
          : await resourceVersions
              .find(older, { content: 0 })
              .sort({ version: -1 })
              .skip(Math.max(0, offset - 1))
              .limit(count)
              .lean();
      return {
        items: [...first, ...found].map((version) => toVersion(head, version)),
        total: 1 + (await resourceVersions.countDocuments(older)),
      };
    },

    async draft(tenantId, kind, id) {
      const head = await resources.findOne({ _id: naturalId(tenantId, kind, id), tenantId }).lean();
      return head?.draft && toDraft(head.draft);
    },

    saveDraft: (tenantId, kind, id, expectedHash, request) =>
      withoutNames(
        change<Draft, { code: 'NOT_FOUND' | 'VERSION_NOT_FOUND' } | VersionConflict>(
          tenantId,
          kind,
          id,
          (head) => {
            if (!head || head.deleted) return { refused: { code: 'NOT_FOUND' } };
            if ((head.draft ?? head).hash !== expectedHash) return { refused: conflict(head) };
            if (request.base < 1 || request.base > head.version)
              return { refused: { code: 'VERSION_NOT_FOUND' } };
            const draft = storedDraft({ ...request, name: request.name ?? (head.draft ?? head).name });
            if (draft.hash === head.draft?.hash) return { same: toDraft(head.draft) };
            return { next: { ...head, draft }, value: toDraft(draft) };
          },
        ),
      ),

    discardDraft: (tenantId, kind, id, expectedHash) =>
      withoutNames(
        change<void, { code: 'NOT_FOUND' } | VersionConflict>(tenantId, kind, id, (head) => {
          if (!head || head.deleted || !head.draft) return { refused: { code: 'NOT_FOUND' } };
          if (expectedHash !== undefined && head.draft.hash !== expectedHash)
            return { refused: conflict(head) };
          const { draft, ...rest } = head;
          return { next: rest, value: undefined };
        }),
      ),

    publish: (tenantId, kind, id, draftHash, save) =>
      change<Resource, { code: 'NOT_FOUND' } | VersionConflict>(tenantId, kind, id, (head) => {
        if (!head || head.deleted) return { refused: { code: 'NOT_FOUND' } };
        if (head.draft?.hash !== draftHash || head.draft.base !== head.version)
          return { refused: conflict(head) };
        const { draft, ...rest } = head;
        const saved = nextVersion(rest, save);
        const next = saved.hash === head.hash ? rest : saved;
        return { next, value: toResource(next) };
      }),

    async setLabel(tenantId, kind, id, label, version) {
      return withoutNames(
        change<
          { version: number; hash: string; before?: { version: number; hash: string } },
          { code: 'NOT_FOUND' | 'VERSION_NOT_FOUND' } | { code: 'TOO_MANY_LABELS'; most: number }
        >(tenantId, kind, id, async (head) => {
          if (!head || head.deleted) return { refused: { code: 'NOT_FOUND' } };
          const named = await versionOf(head, version);
          if (!named) return { refused: { code: 'VERSION_NOT_FOUND' } };
          const { hash } = named;
          const before = labelled(head, label);
          const others = (head.labels ?? []).filter(({ name }) => name !== label);
          if (!before && others.length >= mostLabels)
            return { refused: { code: 'TOO_MANY_LABELS', most: mostLabels } };
          const value = { version, hash, ...(before && { before: versionAndHash(before) }) };
          if (before?.version === version) return { same: value };
          return { next: { ...head, labels: [...others, { name: label, version, hash }] }, value };
        }),
      );
    },

    async removeLabel(tenantId, kind, id, label) {
      const removed = await change<{ version: number; hash: string }, { code: 'NOT_FOUND' }>(
        tenantId,
        kind,
        id,
        (head) => {
          const before = head && !head.deleted ? labelled(head, label) : undefined;
          if (!head || !before) return { refused: { code: 'NOT_FOUND' } };
          const labels = (head.labels ?? []).filter(({ name }) => name !== label);
          return { next: { ...head, labels }, value: versionAndHash(before) };
        },
      );
      return removed.ok ? removed.value : undefined;
    },
  };
}

/** A pattern that is this text. */
const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Bytes of contents and drafts; the length is taken only of what was stored without its size. */
async function bytesIn(
  model: Pick<Models['resources'], 'aggregate'> | Pick<Models['resourceVersions'], 'aggregate'>,
  tenantId: string,
): Promise<number> {
  const length = (path: string) => ({ $strLenBytes: { $ifNull: [path, ''] } });
  const sum = async (filter: object, bytes: object | string) => {
    const [found] = await model.aggregate<{ bytes: number; sized: number; all: number }>([
      { $match: { tenantId, ...filter } },
      {
        $group: {
          _id: null,
          bytes: { $sum: bytes },
          sized: { $sum: { $cond: [{ $gt: ['$size', null] }, 1, 0] } },
          all: { $sum: 1 },
        },
      },
    ]);
    return found ?? { bytes: 0, sized: 0, all: 0 };
  };
  const { bytes, sized, all } = await sum({}, '$size');
  if (sized === all) return bytes;
  const unsized = await sum({ size: null }, { $add: [length('$content'), length('$draft.content')] });
  return bytes + unsized.bytes;
}

const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
const failed = <F>(failure: F): Failed<F> => ({ ok: false, failure });

/** For changes that leave the name as it is: nobody else can have taken it. */
const withoutNames = <T, F>(result: Promise<Result<T, F | { code: 'ALREADY_EXISTS' }>>) =>
  result as Promise<Result<T, F>>;

const labelled = ({ labels, deleted }: StoredResource, label: string) =>
  deleted ? undefined : labels?.find(({ name }) => name === label);
const bytesOf = ({ content, draft }: StoredResource) =>
  Buffer.byteLength(content) + (draft ? Buffer.byteLength(draft.content) : 0);
const versionAndHash = ({ version, hash }: StoredLabel) => ({ version, hash });

const conflict = (head: StoredResource): VersionConflict => ({
  code: 'VERSION_CONFLICT',
  latest: toResource(head),
  ...(head.draft && { draft: toDraft(head.draft) }),
});

function storedVersion(
  tenantId: string,
  kind: ResourceKind,
  id: string,
  version: number,
  { name, content, author, message, at }: SaveRequest,
): StoredVersion {
  return {
    _id: naturalId(tenantId, kind, id),
    tenantId,
    kind,
    id,
    name,
    version,
    hash: contentHash(name, content),
    content: JSON.stringify(content ?? null),
    author,
    message,
    savedAt: at,
  };
}

/** The head with the save as its latest version; draft and labels stay. */
function nextVersion(head: StoredResource, save: SaveRequest): StoredResource {
  const { tenantId, kind, id, version } = head;
  return {
    ...head,
    ...storedVersion(tenantId, kind, id, version + 1, save),
    references: [...(save.references ?? [])],
  };
}

const storedDraft = ({ base, name, content, author, at }: DraftRequest & { name: string }): StoredDraft => ({
  base,
  hash: jsonHash({ base, name, content }),
  name,
  content: JSON.stringify(content),
  updatedAt: at,
  updatedBy: author,
});

/** @param version one of the head's, the latest without it. */
const toVersion = (head: Omit<StoredResource, 'content'>, version: Omit<StoredVersion, 'content'> = head) =>
  ({
    tenantId: version.tenantId,
    kind: version.kind,
    id: version.id,
    name: version.name,
    version: version.version,
    hash: version.hash,
    author: version.author,
    message: version.message,
    savedAt: version.savedAt,
    labels: (head.labels ?? [])
      .filter((label) => label.version === version.version)
      .map(({ name }) => name)
      .sort(),
  }) satisfies ResourceVersion;

const toHead = (head: Omit<StoredResource, 'content'>): ResourceHead => ({
  ...toVersion(head),
  references: head.references ?? [],
  ...(head.draft && { draft: toDraftInfo(head.draft) }),
});

const toResource = (head: StoredResource, version: StoredVersion = head): Resource => ({
  ...toVersion(head, version),
  content: JSON.parse(version.content),
  ...(head.draft && { draft: toDraftInfo(head.draft) }),
});

const toDraftInfo = ({ base, hash, updatedAt, updatedBy }: StoredDraft): DraftInfo => ({
  base,
  hash,
  updatedAt,
  updatedBy,
});

const toDraft = (draft: StoredDraft): Draft => ({
  ...toDraftInfo(draft),
  name: draft.name,
  content: JSON.parse(draft.content),
});
