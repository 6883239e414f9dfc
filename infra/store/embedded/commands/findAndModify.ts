import { type Document, deserialize } from 'bson';
import { project } from '../language/language.ts';
import { type SortSpecification, sortDocuments } from '../language/sort.ts';
import { updated } from '../language/update.ts';
import { type Command, ensuredCollection, namespaceOf } from './command.ts';
import { upsertedDocument } from './update.ts';

export const findAndModify: Command = (command, context) =>
  context.storage.write(() => {
    const { storage, now } = context;
    const collection = ensuredCollection(namespaceOf(command), context);
    const filter = (command.query as Document | undefined) ?? {};
    const sort = command.sort as SortSpecification | undefined;
    const matching = storage.find(collection, filter, sort ? undefined : 1);
    const first = sort
      ? sortDocuments(
          matching.map(({ document }) => document),
          sort,
        )[0]
      : matching[0]?.document;
    const found = matching.find(({ document }) => document === first);
    const shown = (document: Document | null) => document && (project([document], command.fields)[0] ?? null);

    if (command.remove) {
      if (found) storage.remove(collection, found);
      return { lastErrorObject: { n: found ? 1 : 0 }, value: shown(found?.document ?? null) };
    }
    const request = { filter, update: command.update, arrayFilters: command.arrayFilters, now };
    if (!found) {
      if (!command.upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null };
      const inserted = storage.insert(collection, upsertedDocument(request));
      return {
        lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted._id },
        value: command.new ? shown(inserted) : null,
      };
    }
    const after = updated(found.document, request);
    storage.replace(collection, found, after);
    return {
      lastErrorObject: { n: 1, updatedExisting: true },
      value: shown(command.new ? after : deserialize(found.bytes)),
    };
  });
