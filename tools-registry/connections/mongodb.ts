import { BSON, type Document, MongoClient } from 'mongodb';
import type { JsonValue } from '../contract/index.ts';
import { admit } from './dial.ts';
import { addressOf, type ConnectionPlace, LARGEST_ANSWER, type OpenConnection } from './openConnection.ts';

const { EJSON } = BSON;

/** What may be asked of a collection. */
export const mongoOperations = {
  find: { writes: false },
  aggregate: { writes: false },
  count: { writes: false },
  insert: { writes: true },
  update: { writes: true },
  delete: { writes: true },
} as const;
export type MongoOperation = keyof typeof mongoOperations;

/** Values as extended JSON: `{"$oid": "…"}`, `{"$date": "…"}`. */
export interface MongoRequest {
  operation: MongoOperation;
  collection: string;
  filter: { [name: string]: JsonValue };
  projection?: { [name: string]: JsonValue };
  sort?: { [name: string]: JsonValue };
  skip?: number;
  pipeline: JsonValue[];
  documents: JsonValue[];
  update?: JsonValue;
  /** All that fit, not the first alone. */
  many: boolean;
  readOnly: boolean;
  /** At most so many documents. */
  limit: number;
  /** ms */
  timeout: number;
}

export interface MongoDatabase extends OpenConnection {
  ask(request: MongoRequest, signal: AbortSignal): Promise<JsonValue>;
}

/** What runs code in the server, and what writes while it seems to read. */
const forbidden = new Set(['$where', '$function', '$accumulator', 'mapReduce']);
const writing = new Set(['$out', '$merge']);

export class RequestRefused extends Error {
  readonly code = 'REQUEST_INVALID';
}

/** @throws RequestRefused */
function admitParts(part: JsonValue | undefined, readOnly: boolean): void {
  if (part === null || typeof part !== 'object') return;
  if (Array.isArray(part)) {
    for (const each of part) admitParts(each, readOnly);
    return;
  }
  for (const [name, inner] of Object.entries(part)) {
    if (forbidden.has(name)) throw new RequestRefused(`Expected a request without code, but it has ${name}`);
    if (readOnly && writing.has(name))
      throw new RequestRefused(`Expected a request that only reads, but it has ${name}`);
    admitParts(inner, readOnly);
  }
}

export function openMongodb({ connection, dial }: ConnectionPlace): MongoDatabase {
  const { host, port, user, database, parameters } = addressOf(connection, 27017);
  const url = new URL(connection.url);
  if (connection.password !== undefined) url.password = encodeURIComponent(connection.password);
  const client = new MongoClient(url.href, {
    appName: 'baton',
    maxPoolSize: 4,
    maxIdleTimeMS: 30_000,
    serverSelectionTimeoutMS: 10_000,
    connectTimeoutMS: 10_000,
    lookup: dial.lookup,
    ...(url.protocol === 'mongodb:' && !parameters.has('replicaSet') && { directConnection: true }),
  });
  const db = () => client.db(database || (user ? 'admin' : 'test'));
  const reached = () => (url.protocol === 'mongodb:' ? admit(dial, host, port) : Promise.resolve());
  // A replica set names its members itself: an address among them is no more allowed than any other.
  client.on('serverOpening', ({ address }) => {
    void dial.refusal(`tcp://${address}`).then((why) => {
      if (why !== undefined) void client.close();
    });
  });
  const read = (value: JsonValue | undefined): Document =>
    EJSON.deserialize((value ?? {}) as Document) as Document;

  async function listed(
    cursor: AsyncIterable<Document> & { close(): Promise<void> },
    limit: number,
  ): Promise<JsonValue> {
    const documents: JsonValue[] = [];
    let size = 0;
    let truncated = false;
    for await (const document of cursor) {
      const plain = EJSON.serialize(document, { relaxed: true }) as unknown as JsonValue;
      size += JSON.stringify(plain).length;
      truncated = documents.length >= limit || size > LARGEST_ANSWER;
      if (truncated) break;
      documents.push(plain);
    }
    await cursor.close();
    return { documents, truncated };
  }

  return {
    async test() {
      await reached();
      const { version } = await client.db('admin').command({ buildInfo: 1 });
      return `MongoDB ${version}`;
    },
    async ask(request, signal) {
      const { operation, collection: name, filter, many, limit, timeout, readOnly } = request;
      for (const part of [filter, request.projection, request.pipeline, request.update])
        admitParts(part, readOnly);
      await reached();
      const collection = db().collection(name);
      const bounds = { maxTimeMS: Math.max(1, Math.round(timeout)), signal };
      switch (operation) {
        case 'find': {
          const { projection, sort, skip = 0 } = request;
          const cursor = collection.find(read(filter), {
            ...bounds,
            skip,
            limit: limit + 1,
            ...(projection && { projection }),
            ...(sort && { sort: sort as { [name: string]: 1 | -1 } }),
          });
          return listed(cursor, limit);
        }
        case 'aggregate': {
          const pipeline = request.pipeline.map(read);
          return listed(collection.aggregate(pipeline, bounds), limit);
        }
        case 'count':
          return { count: await collection.countDocuments(read(filter), bounds) };
        case 'insert': {
          const { insertedIds } = await collection.insertMany(request.documents.map(read));
          const ids = EJSON.serialize(Object.values(insertedIds)) as unknown as JsonValue;
          return { count: request.documents.length, ids };
        }
        case 'update': {
          const change = read(request.update);
          const done = many
            ? await collection.updateMany(read(filter), change)
            : await collection.updateOne(read(filter), change);
          return { count: done.matchedCount, changed: done.modifiedCount };
        }
        case 'delete': {
          const done = many
            ? await collection.deleteMany(read(filter))
            : await collection.deleteOne(read(filter));
          return { count: done.deletedCount };
        }
      }
    },
    close: () => client.close(),
  };
}
