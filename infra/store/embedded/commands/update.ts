import { type Document, ObjectId } from 'bson';
import { CommandRefusal } from '../errors.ts';
import { documentFromFilter, isReplacement, updated } from '../language/update.ts';
import { type Command, ensuredCollection, namespaceOf } from './command.ts';
import { eachWrite } from './eachWrite.ts';

export const update: Command = (command, context) =>
  context.storage.write(() => {
    const { storage, now } = context;
    const collection = ensuredCollection(namespaceOf(command), context);
    const upserted: Document[] = [];
    let nModified = 0;
    const answer = eachWrite(command, command.updates as Document[], (statement, index) => {
      const request = { filter: statement.q, update: statement.u, arrayFilters: statement.arrayFilters, now };
      if (statement.multi && isReplacement(statement.u))
        throw new CommandRefusal(
          'FailedToParse',
          'Expected update operators with multi, but got a replacement',
        );
      const stored = storage.find(collection, statement.q, statement.multi ? undefined : 1);
      for (const found of stored) {
        if (storage.replace(collection, found, updated(found.document, request))) nModified++;
      }
      if (stored.length > 0 || !statement.upsert) return { n: stored.length };
      const { _id } = storage.insert(collection, upsertedDocument(request));
      upserted.push({ index, _id });
      return { n: 1 };
    });
    return { ...answer, nModified, ...(upserted.length > 0 && { upserted }) };
  });

export function upsertedDocument(request: Parameters<typeof updated>[1]): Document {
  const start = documentFromFilter(request.filter);
  const document = updated(start, request, true);
  return { ...document, _id: document._id ?? new ObjectId() };
}
