import { type Document, deserialize, EJSON, ObjectId, serialize } from 'bson';
import { type Database, open } from 'lmdb';
import { CommandRefusal } from '../errors.ts';
import { matcher } from '../language/language.ts';
import { valuesAt } from '../language/paths.ts';
import { type SortSpecification, sortDocuments } from '../language/sort.ts';
import { withoutFields } from '../language/unread.ts';
import {
  describeIndex,
  type IndexEntries,
  type IndexSpecification,
  indexEntries,
  readIndexSpecification,
} from './indexSpecification.ts';
import { beyond, encodeLowerBound, encodeRecordId, encodeUint32, longest } from './keys.ts';
import { plan, planCount, planOrder, planPattern } from './plan.ts';

export interface Collection {
  id: number;
  /** `database.collection`. */
  namespace: string;
  indexes: IndexSpecification[];
}

/** A stored document with the place it is stored at. */
export interface StoredDocument {
  record: number;
  bytes: Buffer;
  document: Document;
}

/**
 * Documents and their indexes in one LMDB environment:
 * `catalogue` (namespace -> collection), `documents` (collection, record -> BSON), `indexes` (index, values, record).
 * Reads are synchronous. Writes happen inside `write`, which resolves when they are on disk; every change of one document
 * checks all it has to check before it writes, so a refusal leaves nothing half done.
 */
export interface Storage {
  write<T>(change: () => T): Promise<T>;
  collection(namespace: string): Collection | undefined;
  collections(): Collection[];
  createCollection(namespace: string): Collection;
  dropCollection(collection: Collection): void;
  createIndex(collection: Collection, definition: Document): boolean;
  dropIndex(collection: Collection, index: IndexSpecification): void;
  /** @param unread fields that the documents come without, see `unreadFields`; only for who changes nothing */
  find(
    collection: Collection,
    filter: Document,
    limit?: number,
    unread?: ReadonlySet<string>,
  ): StoredDocument[];
  /** In the order of the sort; reads no more than it needs where an index has that order. */
  findSorted(
    collection: Collection,
    filter: Document,
    sort: SortSpecification,
    limit: number,
    skip?: number,
    unread?: ReadonlySet<string>,
  ): Document[];
  count(collection: Collection, filter: Document): number;
  insert(collection: Collection, document: Document): Document;
  /** False when the document is as it was. */
  replace(collection: Collection, stored: StoredDocument, document: Document): boolean;
  remove(collection: Collection, stored: StoredDocument): void;
  close(): Promise<void>;
}

// The largest document MongoDB takes.
const largestDocument = 16 * 1024 * 1024;
const present = Buffer.of(1);
const nothing: ReadonlySet<string> = new Set();

export function openStorage(directory: string): Storage {
  // Without overlapping sync a transaction's promise means "on disk", which is what an answer promises.
  const environment = open({
    path: directory,
    overlappingSync: false,
    // With it a refused transaction also rejects a promise nobody can reach, which ends the process.
    eventTurnBatching: false,
    cache: false,
    encoding: 'binary',
    maxDbs: 4,
  });
  const binary = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;
  const catalogue = environment.openDB<string, string>({
    name: 'catalogue',
    encoding: 'string',
    cache: false,
  });
  const documents: Database<Buffer, Buffer> = environment.openDB({ name: 'documents', ...binary });
  const indexes: Database<Buffer, Buffer> = environment.openDB({ name: 'indexes', ...binary });

  const known = new Map<string, Collection>();
  const nextRecords = new Map<number, number>();
  /** Reads see what is on disk: until an index is there, they go without it. */
  const building = new Set<IndexSpecification>();
  let createdHere: IndexSpecification[] = [];

  function readCatalogue(): void {
    known.clear();
    nextRecords.clear();
    for (const { key, value } of catalogue.getRange()) known.set(key, EJSON.parse(value) as Collection);
  }
  readCatalogue();

  function save(collection: Collection): void {
    catalogue.put(collection.namespace, EJSON.stringify(collection, { relaxed: false }));
  }

  /** Ids are never used again while anything is stored under them: dropping removes it in the same transaction. */
  function nextId(): number {
    let highest = 0;
    for (const { id, indexes } of known.values())
      highest = Math.max(highest, id, ...indexes.map((index) => index.id));
    return highest + 1;
  }

  function nextRecord(collection: Collection): number {
    let next = nextRecords.get(collection.id);
    if (next === undefined) {
      const prefix = encodeUint32(collection.id);
      const [last] = documents.getKeys({
        start: Buffer.concat([prefix, beyond]),
        end: prefix,
        reverse: true,
        limit: 1,
      });
      next = last ? recordOf(last) + 1 : 1;
    }
    nextRecords.set(collection.id, next + 1);
    return next;
  }

  function read(
    collection: Collection,
    record: number,
    unread: ReadonlySet<string>,
  ): StoredDocument | undefined {
    const key = documentKey(collection, record);
    if (unread.size > 0) {
      // Lies in memory that the next look at a document uses again: what is left out is never copied.
      const lent = documents.getBinaryFast(key);
      if (!lent) return undefined;
      const bytes = withoutFields(lent, unread);
      return { record, bytes, document: deserialize(bytes) };
    }
    const bytes = documents.get(key);
    return bytes && { record, bytes, document: deserialize(bytes) };
  }

  const servingIndexes = (collection: Collection) =>
    building.size === 0 ? collection.indexes : collection.indexes.filter((index) => !building.has(index));

  function* candidates(
    collection: Collection,
    filter: Document,
    unread: ReadonlySet<string> = nothing,
  ): Iterable<StoredDocument> {
    const chosen = plan(filter, servingIndexes(collection));
    if (!chosen) {
      const prefix = encodeUint32(collection.id);
      for (const { key, value } of documents.getRange({
        start: prefix,
        end: Buffer.concat([prefix, beyond]),
      }))
        yield { record: recordOf(key), bytes: value, document: deserialize(value) };
      return;
    }
    const records = new Set<number>();
    const pattern = planPattern(filter, [chosen.index]);
    for (const range of chosen.ranges)
      for (const key of indexes.getKeys(range)) if (pattern?.test(key) !== false) records.add(recordOf(key));
    for (const record of [...records].sort((a, b) => a - b)) {
      const stored = read(collection, record, unread);
      if (stored) yield stored;
    }
  }

  /** `undefined` when the keys do not tell. */
  function countByPattern(collection: Collection, filter: Document): number | undefined {
    const pattern = planPattern(filter, servingIndexes(collection));
    if (!pattern?.covers) return undefined;
    let counted = 0;
    for (const key of indexes.getKeys(pattern.range)) {
      const fits = pattern.test(key);
      if (fits === undefined) return undefined;
      if (fits) counted++;
    }
    return counted;
  }

  function refuseDuplicate(
    collection: Collection,
    index: IndexSpecification,
    { prefixes }: IndexEntries,
    document: Document,
    record: number | undefined,
  ): void {
    if (!index.unique) return;
    for (const prefix of prefixes) {
      for (const key of indexes.getKeys({ start: prefix, end: Buffer.concat([prefix, beyond]) })) {
        if (recordOf(key) !== record) throw duplicate(collection, index, document);
      }
    }
  }

  function putEntries(
    collection: Collection,
    index: IndexSpecification,
    entries: IndexEntries,
    record: number,
  ): void {
    for (const prefix of entries.prefixes)
      indexes.put(Buffer.concat([prefix, encodeRecordId(record)]), present);
    if (entries.multikey && !index.multikey) {
      index.multikey = true;
      save(collection);
    }
  }

  function removeAll(database: Database<Buffer, Buffer>, id: number): void {
    const prefix = encodeUint32(id);
    for (const key of [...database.getKeys({ start: prefix, end: Buffer.concat([prefix, beyond]) })])
      database.remove(key);
  }

  return {
    async write(change) {
      const created: IndexSpecification[] = [];
      try {
        return await environment.transaction(() => {
          createdHere = created;
          return change();
        });
      } catch (error) {
        if (!isCommitFailure(error)) throw error;
        error.commitError.catch(() => undefined);
        // The transaction left nothing: what is remembered of it is wrong.
        readCatalogue();
        throw new CommandRefusal(
          'OutOfDiskSpace',
          `Expected to write to ${directory}, but the disk refused; nothing of this was stored. Make room there and try again`,
        );
      } finally {
        for (const index of created) building.delete(index);
      }
    },

    collection: (namespace) => known.get(namespace),

    collections: () => [...known.values()],

    createCollection(namespace) {
      const id = nextId();
      const collection: Collection = { id, namespace, indexes: [] };
      known.set(namespace, collection);
      collection.indexes.push(
        readIndexSpecification({ name: '_id_', key: { _id: 1 }, unique: true }, nextId()),
      );
      save(collection);
      return collection;
    },

    dropCollection(collection) {
      removeAll(documents, collection.id);
      for (const index of collection.indexes) removeAll(indexes, index.id);
      catalogue.remove(collection.namespace);
      known.delete(collection.namespace);
      nextRecords.delete(collection.id);
    },

    createIndex(collection, definition) {
      const index = readIndexSpecification(definition, nextId());
      const asText = (specification: IndexSpecification) => EJSON.stringify(describeIndex(specification));
      const namesake = collection.indexes.find(({ name }) => name === index.name);
      if (namesake) {
        if (asText(namesake) === asText(index)) return false;
        throw new CommandRefusal(
          'IndexKeySpecsConflict',
          `Expected index ${index.name} as it exists, ${asText(namesake)}, but got ${asText(index)}`,
        );
      }
      const twin = collection.indexes.find(({ key }) => JSON.stringify(key) === JSON.stringify(index.key));
      if (twin && !index.partialFilterExpression && !twin.partialFilterExpression) {
        if (twin.name === '_id_') return false;
        throw new CommandRefusal(
          'IndexOptionsConflict',
          `Index already exists with a different name: ${twin.name}`,
        );
      }
      const entries: { record: number; entries: IndexEntries }[] = [];
      const taken = new Set<string>();
      for (const { record, document } of candidates(collection, {})) {
        const found = indexEntries(index, document);
        for (const prefix of found.prefixes) {
          const key = prefix.toString('latin1');
          if (index.unique && taken.has(key)) throw duplicate(collection, index, document);
          taken.add(key);
        }
        entries.push({ record, entries: found });
      }
      building.add(index);
      createdHere.push(index);
      collection.indexes.push(index);
      save(collection);
      for (const { record, entries: found } of entries) putEntries(collection, index, found, record);
      return true;
    },

    dropIndex(collection, index) {
      removeAll(indexes, index.id);
      collection.indexes = collection.indexes.filter(({ id }) => id !== index.id);
      save(collection);
    },

    find(collection, filter, limit = Number.POSITIVE_INFINITY, unread = nothing) {
      const matches = matcher(filter);
      const found: StoredDocument[] = [];
      for (const stored of candidates(collection, filter, unread)) {
        if (found.length >= limit) break;
        if (matches(stored.document)) found.push(stored);
      }
      return found;
    },

    findSorted(collection, filter, sort, limit, skip = 0, unread = nothing) {
      const [first] = Object.entries(sort);
      const order = first && planOrder(filter, first, servingIndexes(collection));
      const inMemory = () => {
        const found = this.find(collection, filter, undefined, unread).map(({ document }) => document);
        return sortDocuments(found, sort).slice(skip, skip + limit);
      };
      if (!order) return inMemory();
      const { range, reverse, path, index, exact } = order;
      // Documents of one place are in the order of their records, as their keys are.
      const keysSkipped = exact && !reverse && Object.keys(sort).length === 1 ? skip : 0;
      const matches = exact ? () => true : matcher(filter);
      const sorted: Document[] = [];
      /** Documents of one place in the index: the rest of the sort decides among them. */
      let together: StoredDocument[] = [];
      const sortTogether = () => {
        const [only] = together;
        if (only && together.length === 1) {
          sorted.push(only.document);
          together = [];
          return;
        }
        together.sort((a, b) => a.record - b.record);
        const documents = together.map(({ document }) => document);
        for (const document of sortDocuments(documents, sort)) sorted.push(document);
        together = [];
      };
      const seen = new Set<number>();
      const keys = reverse
        ? { start: range.end, end: range.start, reverse }
        : { ...range, offset: keysSkipped };
      const wanted = skip - keysSkipped + limit;
      let place: Buffer | undefined;
      const pattern = planPattern(filter, [index]);
      for (const key of indexes.getKeys(keys)) {
        if (pattern?.test(key) === false) continue;
        const record = recordOf(key);
        if (index.multikey) {
          if (seen.has(record)) continue;
          seen.add(record);
        }
        const stored = read(collection, record, unread);
        if (!stored || !matches(stored.document)) continue;
        const { values, throughArray } = valuesAt(stored.document, path);
        if (throughArray) return inMemory();
        const next = encodeLowerBound(values[0]);
        // Keys of such long values are in their order only so far.
        if (keysSkipped > 0 && next.length > longest) return inMemory();
        if (place && !place.equals(next)) {
          sortTogether();
          if (sorted.length >= wanted) break;
        }
        place = next;
        together.push(stored);
      }
      sortTogether();
      return sorted.slice(skip - keysSkipped, wanted);
    },

    count(collection, filter) {
      const counted = planCount(filter, servingIndexes(collection));
      if (!counted) return countByPattern(collection, filter) ?? this.find(collection, filter).length;
      if (!counted.several) return indexes.getKeysCount(counted.range);
      const records = new Set<number>();
      for (const key of indexes.getKeys(counted.range)) records.add(recordOf(key));
      return records.size;
    },

    insert(collection, given) {
      const { _id = new ObjectId(), ...fields } = given;
      const document = { _id, ...fields };
      const bytes = documentBytes(document);
      const entries = collection.indexes.map((index) => ({ index, entries: indexEntries(index, document) }));
      for (const { index, entries: found } of entries)
        refuseDuplicate(collection, index, found, document, undefined);
      const record = nextRecord(collection);
      documents.put(documentKey(collection, record), bytes);
      for (const { index, entries: found } of entries) putEntries(collection, index, found, record);
      return document;
    },

    replace(collection, stored, document) {
      const bytes = documentBytes(document);
      if (bytes.equals(stored.bytes)) return false;
      const before = deserialize(stored.bytes);
      const changes = collection.indexes.map((index) => ({
        index,
        old: indexEntries(index, before),
        entries: indexEntries(index, document),
      }));
      for (const { index, entries } of changes)
        refuseDuplicate(collection, index, entries, document, stored.record);
      documents.put(documentKey(collection, stored.record), bytes);
      for (const { index, old, entries } of changes) {
        const kept = new Set(entries.prefixes.map((prefix) => prefix.toString('latin1')));
        for (const prefix of old.prefixes) {
          if (!kept.has(prefix.toString('latin1')))
            indexes.remove(Buffer.concat([prefix, encodeRecordId(stored.record)]));
        }
        putEntries(collection, index, entries, stored.record);
      }
      return true;
    },

    remove(collection, stored) {
      documents.remove(documentKey(collection, stored.record));
      for (const index of collection.indexes) {
        for (const prefix of indexEntries(index, stored.document).prefixes)
          indexes.remove(Buffer.concat([prefix, encodeRecordId(stored.record)]));
      }
    },

    close: () => environment.close(),
  };
}

/** How lmdb tells that a transaction could not be written; the cause comes later, by a promise of its own. */
function isCommitFailure(error: unknown): error is Error & { commitError: Promise<never> } {
  return error instanceof Error && 'commitError' in error;
}

function documentKey(collection: Collection, record: number): Buffer {
  return Buffer.concat([encodeUint32(collection.id), encodeRecordId(record)]);
}

function recordOf(key: Buffer): number {
  return Number(key.readBigUInt64BE(key.length - 8));
}

function documentBytes(document: Document): Buffer {
  const bytes = serialize(document, { ignoreUndefined: true });
  if (bytes.length > largestDocument)
    throw new CommandRefusal(
      'BSONObjectTooLarge',
      `Expected a document of at most ${largestDocument} bytes, but got ${bytes.length}`,
    );
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Wording is MongoDB's: clients parse it. */
function duplicate(collection: Collection, index: IndexSpecification, document: Document): CommandRefusal {
  const keyValue = Object.fromEntries(
    Object.keys(index.key).map((path) => [path, valuesAt(document, path).values[0] ?? null]),
  );
  const shown = Object.entries(keyValue).map(([path, value]) => `${path}: ${EJSON.stringify(value)}`);
  return new CommandRefusal(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown.join(', ')} }`,
    { keyPattern: index.key, keyValue },
  );
}
