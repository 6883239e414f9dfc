import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { describe } from 'vitest';
import { startEmbeddedServer } from './embedded/server.ts';
import { mongooseSuite } from './mongoose.suite.ts';
import { emptiedDatabase } from './serverUnderTest.ts';

const options = { autoCreate: false, serverSelectionTimeoutMS: 5000 };

mongooseSuite('the embedded server', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'baton-mongoose-'));
  const start = async () => {
    const server = await startEmbeddedServer({ directory, now: () => new Date('2026-03-01T09:00:00Z') });
    return { server, connection: await mongoose.createConnection(server.uri, options).asPromise() };
  };
  let running = await start();
  const stop = async () => {
    await running.connection.close();
    await running.server.close();
  };
  return {
    connection: running.connection,
    async reopen() {
      await stop();
      running = await start();
      return running.connection;
    },
    async close() {
      await stop();
      await rm(directory, { recursive: true });
    },
  };
});

const server = process.env.TEST_MONGODB_URI;
describe.skipIf(!server)('TEST_MONGODB_URI', () => {
  mongooseSuite('a server or its stand-in', async () => {
    const uri = await emptiedDatabase(server!, 'baton-mongoose-suite');
    let connection = await mongoose.createConnection(uri, options).asPromise();
    return {
      connection,
      async reopen() {
        await connection.close();
        connection = await mongoose.createConnection(uri, options).asPromise();
        return connection;
      },
      close: () => connection.close(),
    };
  });
});
