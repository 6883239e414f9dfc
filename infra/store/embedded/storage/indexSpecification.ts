import type { Document } from 'bson';
import { CommandRefusal } from '../errors.ts';
import { matcher } from '../language/language.ts';
import { valuesAt } from '../language/paths.ts';
import { encodeUint32, encodeValue } from './keys.ts';

/** One index of a collection as the catalogue keeps it. */
export interface IndexSpecification {
  id: number;
  name: string;
  key: { [path: string]: 1 | -1 };
  unique: boolean;
  sparse: boolean;
  partialFilterExpression?: Document;
  /** Recorded for `listIndexes` only: expired documents are the application's to purge. */
  expireAfterSeconds?: number;
  /** Some document has an array at one of the paths, so one value need not satisfy both ends of a range. */
  multikey: boolean;
}

export function readIndexSpecification(definition: Document, id: number): IndexSpecification {
  const key = definition.key as IndexSpecification['key'];
  for (const [path, direction] of Object.entries(key ?? {})) {
    if (direction !== 1 && direction !== -1)
      throw new CommandRefusal(
        'CannotCreateIndex',
        `Expected direction 1 or -1 for "${path}", but got ${JSON.stringify(direction)}`,
      );
  }
  if (!key || Object.keys(key).length === 0)
    throw new CommandRefusal('CannotCreateIndex', 'Expected an index of at least one path, but got none');
  if (definition.collation)
    throw new CommandRefusal('CannotCreateIndex', 'Expected an index without collation, but got one');
  return {
    id,
    name: definition.name,
    key,
    unique: Boolean(definition.unique),
    sparse: Boolean(definition.sparse),
    ...(definition.partialFilterExpression && {
      partialFilterExpression: definition.partialFilterExpression,
    }),
    ...(definition.expireAfterSeconds !== undefined && { expireAfterSeconds: definition.expireAfterSeconds }),
    multikey: false,
  };
}

/** What `listIndexes` shows and what two definitions of one name must agree on. */
export function describeIndex(index: IndexSpecification): Document {
  return {
    v: 2,
    key: index.key,
    name: index.name,
    ...(index.unique && index.name !== '_id_' && { unique: true }),
    ...(index.sparse && { sparse: true }),
    ...(index.partialFilterExpression && { partialFilterExpression: index.partialFilterExpression }),
    ...(index.expireAfterSeconds !== undefined && { expireAfterSeconds: index.expireAfterSeconds }),
  };
}

export interface IndexEntries {
  /** Index id and encoded values, without the record. */
  prefixes: Buffer[];
  multikey: boolean;
}

const none: IndexEntries = { prefixes: [], multikey: false };

/** Keys under which the index finds the document: one for each combination of array elements. */
export function indexEntries(index: IndexSpecification, document: Document): IndexEntries {
  if (index.partialFilterExpression && !matcher(index.partialFilterExpression)(document)) return none;
  const reached = Object.keys(index.key).map((path) => valuesAt(document, path));
  if (index.sparse && reached.every(({ values }) => values.every((value) => value === undefined)))
    return none;
  let prefixes: Buffer[] = [encodeUint32(index.id)];
  for (const { values } of reached) {
    const encoded = values.map(encodeValue);
    prefixes = prefixes.flatMap((prefix) => encoded.map((value) => Buffer.concat([prefix, value])));
  }
  const distinct = new Map(prefixes.map((prefix) => [prefix.toString('latin1'), prefix]));
  return { prefixes: [...distinct.values()], multikey: reached.some(({ throughArray }) => throughArray) };
}
