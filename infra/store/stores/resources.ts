import type { Failed, Ok, Result } from '@baton/engine/protocol';
import { contentHash } from '../canonicalJson.ts';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredResource, StoredVersion } from '../models/resource.ts';
import { naturalId } from '../naturalId.ts';
import type { Resource, ResourceKind, ResourceStore, ResourceVersion, SaveRequest } from '../ports.ts';

/**
 * The latest version lives in the head document, older ones beside it. A save copies the head's version aside and then
 * replaces the head in one compare-and-set, which is the moment the save happens: a crash before it has saved nothing, and
 * a copy that lies there already is the same copy.
 */
export function resourceStore({ resources, resourceVersions }: Models, now: () => Date): ResourceStore {
  const headOf = (tenantId: string, kind: ResourceKind, id: string) =>
    resources.findOne({ _id: naturalId(tenantId, kind, id), tenantId }).lean();

  async function keepAside({ deleted, deletedAt, references, ...version }: StoredResource): Promise<void> {
    const { tenantId, kind, id } = version;
    try {
      await resourceVersions.create({ ...version, _id: naturalId(tenantId, kind, id, version.version) });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  /** Moves the head from the version it was read at. False when somebody else moved it first. */
  async function replaceHead(
    head: StoredResource,
    next: StoredVersion,
    references: readonly string[] = [],
  ): Promise<boolean> {
    const { _id, tenantId, version, deleted } = head;
    const { matchedCount } = await resources.replaceOne(
      { _id, tenantId, version, deleted },
      { ...next, deleted: false, references: [...references] },
    );
    return matchedCount === 1;
  }

  async function versionOf(head: StoredResource, version: number): Promise<Resource | undefined> {
    if (version === head.version) return toResource(head);
    const { tenantId, kind, id } = head;
    const kept = await resourceVersions
      .findOne({ _id: naturalId(tenantId, kind, id, version), tenantId, version: { $lt: head.version } })
      .lean();
    return kept ? toResource(kept) : undefined;
  }

  return {
    async list(tenantId, kind, { limit, offset }) {
      const filter = { tenantId, kind, deleted: false };
      const [found, total] = await Promise.all([
        resources.find(filter).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        resources.countDocuments(filter),
      ]);
      return { items: found.map(toResource), total };
    },

    async stored(tenantId) {
      const bytes = { $sum: { $strLenBytes: '$content' } };
      const [heads, versions] = await Promise.all([
        resources.aggregate<{ _id: { kind: ResourceKind; deleted: boolean }; count: number; bytes: number }>([
          { $match: { tenantId } },
          { $group: { _id: { kind: '$kind', deleted: '$deleted' }, count: { $sum: 1 }, bytes } },
        ]),
        resourceVersions.aggregate<{ bytes: number }>([
          { $match: { tenantId } },
          { $group: { _id: null, bytes } },
        ]),
      ]);
      const counts = { workflow: 0, agent: 0, tool: 0, task: 0 };
      for (const { _id, count } of heads) if (!_id.deleted) counts[_id.kind] = count;
      return { counts, bytes: [...heads, ...versions].reduce((sum, group) => sum + group.bytes, 0) };
    },

    async get(tenantId, kind, id, version) {
      const head = await headOf(tenantId, kind, id);
      if (!head) return undefined;
      if (version !== undefined) return versionOf(head, version);
      return head.deleted ? undefined : toResource(head);
    },

    async getByName(tenantId, kind, name, version) {
      const live = await resources.findOne({ tenantId, kind, name, deleted: false }).lean();
      if (version === undefined) return live ? toResource(live) : undefined;
      const found = live && (await versionOf(live, version));
      if (found) return found;
      // A run may name a version of what has been deleted since.
      const deleted = await resources
        .find({ tenantId, kind, name, deleted: true, version: { $gte: version } })
        .sort({ deletedAt: -1, _id: 1 })
        .lean();
      return deleted[0] ? versionOf(deleted[0], version) : undefined;
    },

    async create(tenantId, kind, id, save) {
      const head = await headOf(tenantId, kind, id);
      if (head && !head.deleted) return failed({ code: 'ALREADY_EXISTS' });
      try {
        if (!head) {
          const first = storedVersion(tenantId, kind, id, 1, save);
          await resources.create({ ...first, deleted: false, references: [...(save.references ?? [])] });
          return ok(toResource(first));
        }
        // Numbers go on after a deletion: no run's version ever comes to mean something else.
        const next = storedVersion(tenantId, kind, id, head.version + 1, save);
        await keepAside(head);
        return (await replaceHead(head, next, save.references))
          ? ok(toResource(next))
          : failed({ code: 'ALREADY_EXISTS' });
      } catch (error) {
        if (isDuplicateKey(error)) return failed({ code: 'ALREADY_EXISTS' });
        throw error;
      }
    },

    async update(tenantId, kind, id, expectedHash, save): ReturnType<ResourceStore['update']> {
      const head = await headOf(tenantId, kind, id);
      if (!head || head.deleted) return failed({ code: 'NOT_FOUND' });
      if (head.hash !== expectedHash) return failed({ code: 'VERSION_CONFLICT', latest: toResource(head) });
      const next = storedVersion(tenantId, kind, id, head.version + 1, save);
      if (next.hash === head.hash) return ok(toResource(head));
      await keepAside(head);
      let replaced: boolean;
      try {
        replaced = await replaceHead(head, next, save.references);
      } catch (error) {
        if (isDuplicateKey(error)) return failed({ code: 'ALREADY_EXISTS' });
        throw error;
      }
      return replaced ? ok(toResource(next)) : refusedByWinner(await headOf(tenantId, kind, id));
    },

    async existsElsewhere(tenantId, kind, id) {
      // The one question about tenants other than the caller's: past the guard of the model, and nothing but yes or no.
      const elsewhere = { id, kind, tenantId: { $ne: tenantId }, deleted: false };
      return (await resources.collection.countDocuments(elsewhere, { limit: 1 })) > 0;
    },

    async delete(tenantId, kind, id) {
      const { modifiedCount } = await resources.updateOne(
        { _id: naturalId(tenantId, kind, id), tenantId, deleted: false },
        { $set: { deleted: true, deletedAt: now() } },
      );
      return modifiedCount === 1;
    },

    async referring(tenantId, kind, reference, { limit, offset }) {
      const filter = { tenantId, kind, references: reference, deleted: false };
      const [found, total] = await Promise.all([
        limit === 0 ? [] : resources.find(filter).sort({ name: 1 }).skip(offset).limit(limit).lean(),
        resources.countDocuments(filter),
      ]);
      return { items: found.map(toVersion), total };
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
              .find(older)
              .sort({ version: -1 })
              .skip(Math.max(0, offset - 1))
              .limit(count)
              .lean();
      return {
        items: [...first, ...found].map(toVersion),
        total: 1 + (await resourceVersions.countDocuments(older)),
      };
    },
  };
}

const ok = <T>(value: T): Ok<T> => ({ ok: true, value });
const failed = <F>(failure: F): Failed<F> => ({ ok: false, failure });

function refusedByWinner(
  winner: StoredResource | null,
): Result<Resource, { code: 'NOT_FOUND' } | { code: 'VERSION_CONFLICT'; latest: Resource }> {
  if (!winner || winner.deleted) return failed({ code: 'NOT_FOUND' });
  return failed({ code: 'VERSION_CONFLICT', latest: toResource(winner) });
}

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

const toVersion = ({ tenantId, kind, id, name, version, hash, author, message, savedAt }: StoredVersion) =>
  ({ tenantId, kind, id, name, version, hash, author, message, savedAt }) satisfies ResourceVersion;

const toResource = (stored: StoredVersion): Resource => ({
  ...toVersion(stored),
  content: JSON.parse(stored.content),
});
