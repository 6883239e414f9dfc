import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose, { type Connection } from 'mongoose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from './server.ts';

const now = () => new Date('2026-03-01T09:00:00Z');
let directory: string;
let server: EmbeddedServer;
let connection: Connection;

async function start(): Promise<void> {
  server = await startEmbeddedServer({ directory, now });
  connection = await mongoose.createConnection(server.uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
}
async function stop(): Promise<void> {
  await connection.close();
  await server.close();
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'baton-server-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(directory, { recursive: true });
});

const socketPath = () => decodeURIComponent(/^mongodb:\/\/([^/]+)/.exec(server.uri)![1]!);

test.skipIf(process.platform === 'win32')(
  'nobody but its owner can reach the folder and its socket',
  async () => {
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await readdir(directory)).toContain('documents.sock');
  },
);

test.skipIf(process.platform === 'win32')('a folder with a long path is served all the same', async () => {
  const deep = join(directory, 'd'.repeat(120));
  const other = await startEmbeddedServer({ directory: deep, now });
  await expect(startEmbeddedServer({ directory: deep, now })).rejects.toThrow('used by one process');
  const client = await mongoose.createConnection(other.uri, { serverSelectionTimeoutMS: 5000 }).asPromise();
  expect(await client.db!.admin().ping()).toEqual({ ok: 1 });
  await client.close();
  await other.close();
});

test('bytes that are no message end their own connection and no other', async () => {
  for (const garbage of [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.alloc(40, 0xff),
    Buffer.of(20, 0, 0, 0, 1),
  ]) {
    const ended = new Promise<void>((done) => {
      const socket = connect(socketPath(), () => socket.end(garbage));
      socket.on('error', () => done()).on('close', () => done());
      socket.resume();
    });
    await ended;
  }
  expect(await connection.db!.admin().ping()).toEqual({ ok: 1 });
});

test('code in a query is refused, never run', async () => {
  const things = connection.collection('things');
  await things.insertOne({ a: 1 });
  const ran = '(globalThis.ran = true)';
  await expect(things.find({ $where: ran }).toArray()).rejects.toMatchObject({ code: 2 });
  await expect(
    things.find({ $expr: { $function: { body: ran, args: [], lang: 'js' } } }).toArray(),
  ).rejects.toMatchObject({ code: 2 });
  await expect(things.aggregate([{ $out: 'others' }]).toArray()).rejects.toMatchObject({ code: 2 });
  expect('ran' in globalThis).toBe(false);
});

test('transactions are refused, as a standalone server does', async () => {
  const session = await connection.startSession();
  session.startTransaction();
  await expect(connection.collection('things').insertOne({ a: 1 }, { session })).rejects.toMatchObject({
    originalError: { code: 20 },
  });
  await session.endSession();
});

test('what a refused command left is the same after a restart', async () => {
  const db = connection.db!;
  await expect(db.collection('places').createIndex({ at: '2dsphere' })).rejects.toMatchObject({ code: 67 });
  await db.collection('kept').insertOne({ a: 1 });
  await expect(
    db
      .collection<{ _id: number }>('kept')
      .bulkWrite([
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 1 } } },
        { insertOne: { document: { _id: 2 } } },
      ]),
  ).rejects.toMatchObject({ code: 11000 });
  const names = async (from: Connection) =>
    (await from.db!.listCollections().toArray()).map(({ name }) => name).sort();
  const before = { names: await names(connection), kept: await db.collection('kept').countDocuments() };
  await stop();
  await start();
  expect({
    names: await names(connection),
    kept: await connection.collection('kept').countDocuments(),
  }).toEqual(before);
  expect(before.kept).toBe(2);
});

test('dropping leaves nothing behind that a new collection of the name would find', async () => {
  const things = connection.collection('things');
  await things.createIndex({ a: 1 }, { unique: true });
  await things.insertMany([{ a: 1 }, { a: 2 }]);
  await things.drop();
  await things.insertMany([{ a: 1 }, { a: 1 }]);
  expect(await things.countDocuments()).toBe(2);
  await connection.db!.dropDatabase();
  expect(await connection.db!.listCollections().toArray()).toEqual([]);
});

test('a document of more than 16 MB is refused and the connection lives on', async () => {
  const things = connection.collection<{ _id: number; text?: string; more?: string }>('things');
  const half = 'x'.repeat(9 * 1024 * 1024);
  await things.insertOne({ _id: 1, text: half });
  await expect(things.updateOne({ _id: 1 }, { $set: { more: half } })).rejects.toMatchObject({ code: 10334 });
  expect((await things.findOne({ _id: 1 }))?.text?.length).toBe(half.length);
});

test('closing in the middle of many commands ends them without harm, and what was answered is there', async () => {
  const things = connection.collection<{ _id: number }>('things');
  const answered: number[] = [];
  const writes = Array.from({ length: 200 }, (_, _id) =>
    things.insertOne({ _id }).then(
      () => answered.push(_id),
      () => undefined,
    ),
  );
  await writes[0];
  await server.close();
  await connection.close();
  await Promise.all(writes);
  await start();
  const stored = (await connection.collection<{ _id: number }>('things').find().toArray()).map(
    ({ _id }) => _id,
  );
  expect(answered.length).toBeGreaterThan(0);
  expect(answered.filter((_id) => !stored.includes(_id))).toEqual([]);
});
