import { isDuplicateKey } from '../duplicateKey.ts';
import { inBatches } from '../inBatches.ts';
import type { StoredAuditEntry } from '../models/auditEntry.ts';
import type { Models } from '../models/index.ts';
import type { AuditFilter, AuditRecord, AuditStore } from '../ports.ts';

/** How many begun entries are finished in one go. */
const RECOVERED_AT_ONCE = 200;
/** Entries that a search for a text looks through: it takes no longer, however old the audit is. */
const SEARCH_DEPTH = 20_000;

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

  /** epoch ms of the first entry that a search for a text looks at, within the time that is asked for. */
  async function searchedFrom(tenantId: string, { from, to }: AuditFilter): Promise<number | undefined> {
    const at = { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) };
    const oldest = await auditEntries
      .findOne({ tenantId, ...(Object.keys(at).length > 0 && { at }) }, { at: 1 })
      .sort({ at: -1 })
      .skip(SEARCH_DEPTH - 1)
      .lean();
    return oldest?.at ?? from;
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
    async list(tenantId, asked, { limit, offset }) {
      const { actor, action, outcome, text, resourceKind, resourceId, to } = asked;
      const from = text === undefined ? asked.from : await searchedFrom(tenantId, asked);
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
        ...((from !== undefined || to !== undefined) && {
          at: { ...(from !== undefined && { $gte: from }), ...(to !== undefined && { $lt: to }) },
        }),
      };
      if (text !== undefined) {
        // Each entry is looked at once, for the page and for how many there are.
        const all = await auditEntries.find(filter, { _id: 1 }).sort({ at: -1, _id: -1 }).lean();
        const ids = all.slice(offset, offset + limit).map(({ _id }) => _id);
        const shown = await auditEntries
          .find({ tenantId, _id: { $in: ids } })
          .sort({ at: -1, _id: -1 })
          .lean();
        return { items: shown.map(toRecord), total: all.length };
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

/** The text as it stands: nothing in it means anything else to a regular expression. */
const literally = (text: string) => text.replace(/[^\p{L}\p{N}_ ]/gu, '\\$&');

const toStored = ({ id, ...record }: AuditRecord): StoredAuditEntry => ({ _id: id, ...record });

const toRecord = ({ _id, ...record }: StoredAuditEntry): AuditRecord => ({ id: _id, ...record });
