import { isDuplicateKey } from '../duplicateKey.ts';
import { inBatches } from '../inBatches.ts';
import type { StoredAuditEntry } from '../models/auditEntry.ts';
import type { Models } from '../models/index.ts';
import type { AuditFilter, AuditRecord, AuditStore } from '../ports.ts';

/** How many begun entries are finished in one go. */
const RECOVERED_AT_ONCE = 200;

export function auditStore({ auditEntries, auditIntents }: Models): AuditStore {
  const begin = inBatches((records: AuditRecord[]) =>
    auditIntents.insertMany(records.map(toStored), { ordered: false }),
  );
  const append = inBatches(async (records: AuditRecord[]) => {
    try {
      await auditEntries.insertMany(records.map(toStored), { ordered: false });
    } catch (error) {
      // The same entry told again; unordered, so the others of the batch are in.
      if (!isDuplicateKey(error)) throw error;
    }
  });
  const forget = inBatches((ids: string[]) => auditIntents.deleteMany({ _id: { $in: ids } }));

  /** Where a search for a text stops in the time that is asked for; `undefined` where it looks at all of it. */
  async function searchedBackTo(
    tenantId: string,
    { from, to }: AuditFilter,
    depth: number,
  ): Promise<number | undefined> {
    const oldest = await auditEntries
      .findOne({ tenantId, ...during(from, to) }, { at: 1 })
      .sort({ at: -1 })
      .skip(depth - 1)
      .lean();
    const older = oldest && (await auditEntries.exists({ tenantId, ...during(from, oldest.at) }));
    return older ? oldest.at : undefined;
  }

  return {
    begin,
    async append(record) {
      await append(record);
      // What was begun is finished: nobody waits for it to be forgotten, and `recover` finds its entry if it is not.
      forget(record.id).catch(() => {});
    },
    async recover(begunBefore) {
      let recovered = 0;
      for (;;) {
        const found = await auditIntents
          .find({ at: { $lt: begunBefore } })
          .sort({ at: 1 })
          .limit(RECOVERED_AT_ONCE)
          .lean();
        for (const intent of found) {
          const { _id, tenantId } = intent;
          if (!(await auditEntries.exists({ _id, tenantId }))) {
            await append({ ...toRecord(intent), outcome: 'unknown' });
            recovered += 1;
          }
          await forget(_id);
        }
        if (found.length < RECOVERED_AT_ONCE) return recovered;
      }
    },
    async get(tenantId, id) {
      const found = await auditEntries.findOne({ _id: id, tenantId }).lean();
      return found ? toRecord(found) : undefined;
    },
    async list(tenantId, asked, { limit, offset }, depth) {
      const { actor, action, outcome, text, resourceKind, resourceId, from, to } = asked;
      const lookedBackTo =
        text === undefined || depth === undefined ? undefined : await searchedBackTo(tenantId, asked, depth);
      const filter = {
        tenantId,
        ...(actor !== undefined && { 'actor.id': actor }),
        ...(action !== undefined && { action }),
        ...(outcome !== undefined && { outcome }),
        ...(text !== undefined && {
          $or: searched.map((field) => ({ [field]: { $regex: literally(text), $options: 'i' } })),
        }),
        ...(resourceKind !== undefined && { 'resource.kind': resourceKind }),
        ...(resourceId !== undefined && { 'resource.id': resourceId }),
        ...during(lookedBackTo ?? from, to),
      };
      if (text !== undefined) {
        // Each entry is looked at once, for the page and for how many there are.
        const all = await auditEntries.find(filter, { _id: 1 }).sort({ at: -1, _id: -1 }).lean();
        const ids = all.slice(offset, offset + limit).map(({ _id }) => _id);
        const shown = await auditEntries
          .find({ tenantId, _id: { $in: ids } })
          .sort({ at: -1, _id: -1 })
          .lean();
        return {
          items: shown.map(toRecord),
          total: all.length,
          ...(lookedBackTo !== undefined && { lookedBackTo }),
        };
      }
      const [found, total] = await Promise.all([
        auditEntries.find(filter).sort({ at: -1, _id: -1 }).skip(offset).limit(limit).lean(),
        auditEntries.countDocuments(filter),
      ]);
      return { items: found.map(toRecord), total };
    },
  };
}

const searched = [
  'actor.name',
  'actor.id',
  'actor.names',
  'action',
  'resource.kind',
  'resource.id',
  'resource.names',
  'errorCode',
  'requestId',
] as const;

function during(from: number | undefined, to: number | undefined) {
  const at = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) };
  return Object.keys(at).length > 0 && { at };
}

/** The text as it stands: nothing in it means anything else to a regular expression. */
const literally = (text: string) => text.replace(/[^\p{L}\p{N}_ ]/gu, '\\$&');

const toStored = ({ id, ...record }: AuditRecord): StoredAuditEntry => ({ _id: id, ...record });

const toRecord = ({ _id, ...record }: StoredAuditEntry): AuditRecord => ({ id: _id, ...record });
