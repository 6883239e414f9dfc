import type { AskedQuestion, QuestionStore } from '@baton/engine/protocol';
import type { QueryFilter } from 'mongoose';
import { isDuplicateKey } from '../duplicateKey.ts';
import type { Models } from '../models/index.ts';
import type { StoredQuestion } from '../models/question.ts';
import { naturalId } from '../naturalId.ts';

export function questionStore({ questions, sleepers }: Models): QuestionStore {
  const of = (tenantId: string, id: string) => ({ _id: naturalId(tenantId, id), tenantId });
  const inOrder = async (filter: QueryFilter<StoredQuestion>) =>
    (await questions.find(filter).sort({ askedAt: 1, sequence: 1, _id: 1 }).lean()).map(toQuestion);

  return {
    async add({ request, question, resume, answer, ...asked }) {
      try {
        await questions.create({
          ...of(asked.tenantId, question.id),
          ...asked,
          request: JSON.stringify(request),
          question: JSON.stringify(question),
          resume: JSON.stringify(resume),
          answer: answer ? JSON.stringify(answer) : '',
        });
      } catch (failure) {
        if (!isDuplicateKey(failure)) throw failure;
      }
    },
    async get(tenantId, id) {
      const found = await questions.findOne(of(tenantId, id)).lean();
      return found ? toQuestion(found) : undefined;
    },
    ofElement: (tenantId, elementInstanceKey) => inOrder({ tenantId, elementInstanceKey }),
    touchedBy: (tenantId, keys) =>
      inOrder({
        tenantId,
        $or: [
          { elementInstanceKey: { $in: keys } },
          { processInstanceKey: { $in: keys } },
          { askedBy: { $in: keys } },
        ],
      }),
    all: (tenantId) => inOrder({ tenantId }),
    async begin(tenantId, id, askedBy) {
      const { matchedCount } = await questions.updateOne(
        { ...of(tenantId, id), askedBy: { $in: ['', askedBy] } },
        { $set: { askedBy } },
      );
      return matchedCount === 1;
    },
    async answer(tenantId, id, answer) {
      const { matchedCount } = await questions.updateOne(
        { ...of(tenantId, id), answer: '' },
        { $set: { answer: JSON.stringify(answer) } },
      );
      return matchedCount === 1;
    },
    async remove(tenantId, id) {
      const removed = await questions.findOneAndDelete(of(tenantId, id)).lean();
      return removed ? toQuestion(removed) : undefined;
    },
    async sleep(tenantId, elementInstanceKey, jobKey) {
      const change = { $set: { elementInstanceKey, jobKey } };
      try {
        await sleepers.updateOne(of(tenantId, elementInstanceKey), change, { upsert: true });
      } catch (failure) {
        if (!isDuplicateKey(failure)) throw failure;
        await sleepers.updateOne(of(tenantId, elementInstanceKey), change);
      }
    },
    async wake(tenantId, elementInstanceKey) {
      const { deletedCount } = await sleepers.deleteOne(of(tenantId, elementInstanceKey));
      return deletedCount === 1;
    },
    async sleeping(tenantId) {
      const found = await sleepers.find({ tenantId }).sort({ _id: 1 }).lean();
      return found.map(({ elementInstanceKey, jobKey }) => ({ elementInstanceKey, jobKey }));
    },
  };
}

const toQuestion = ({ _id, request, question, resume, answer, ...asked }: StoredQuestion): AskedQuestion => ({
  ...asked,
  request: JSON.parse(request),
  question: JSON.parse(question),
  resume: JSON.parse(resume),
  answer: answer === '' ? null : JSON.parse(answer),
});
