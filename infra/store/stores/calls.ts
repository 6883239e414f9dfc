import type { CallLog, CallRecord } from '@baton/engine/protocol';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { StoredCall } from '../models/call.ts';
import type { Models } from '../models/index.ts';
import { naturalId } from '../naturalId.ts';

export function callLog({ calls }: Models): CallLog {
  /** Without mongoose's looking at each: every call of an agent waits for its record, which is of our own making. */
  const asTheyAre = calls.db.collection<StoredCall>(calls.collection.collectionName);
  return {
    async append({ request, response, error, verdicts, offered, answers, began, ...record }) {
      try {
        const stored: StoredCall = {
          _id: naturalId(record.tenantId, record.id),
          ...record,
          request: JSON.stringify(request),
          response: JSON.stringify(response),
          error: JSON.stringify(error),
          ...(verdicts && { verdicts: JSON.stringify(verdicts) }),
          ...(offered && { offered: JSON.stringify(offered) }),
          ...(answers && { answers: JSON.stringify(answers) }),
          ...(began && { began: JSON.stringify(began) }),
        };
        await asTheyAre.insertOne(stored, { ignoreUndefined: true });
      } catch (failure) {
        // The same record told again.
        if (!isDuplicateKey(failure)) throw failure;
      }
    },
    async find(tenantId, elementInstanceKey, sequence, requestHash) {
      const found = await calls
        .find({ tenantId, elementInstanceKey, sequence, requestHash })
        .sort({ startedAt: 1, _id: 1 })
        .lean();
      // A call that failed may have been made again: what succeeded is what counts.
      const records = found.map(toRecord);
      return records.find(({ error }) => error === null) ?? records[0];
    },
    async list(tenantId, processInstanceKey) {
      const found = await calls
        .find({ tenantId, processInstanceKey })
        .sort({ startedAt: 1, sequence: 1, _id: 1 })
        .lean();
      return found.map(toRecord);
    },
    async ofElement(tenantId, elementInstanceKey) {
      const found = await calls
        .find({ tenantId, elementInstanceKey })
        .sort({ sequence: 1, startedAt: 1, _id: 1 })
        .lean();
      return found.map(toRecord);
    },
  };
}

const toRecord = ({
  _id,
  request,
  response,
  error,
  verdicts,
  offered,
  answers,
  began,
  ...record
}: StoredCall): CallRecord => ({
  ...record,
  request: JSON.parse(request),
  response: JSON.parse(response),
  error: JSON.parse(error),
  ...(verdicts && { verdicts: JSON.parse(verdicts) }),
  ...(offered && { offered: JSON.parse(offered) }),
  ...(answers && { answers: JSON.parse(answers) }),
  ...(began && { began: JSON.parse(began) }),
});
