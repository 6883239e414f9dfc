import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { calculateObjectSize, type Document } from 'bson';
import type { Command, CommandContext } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { cursors } from './cursors.ts';
import { CommandRefusal } from './errors.ts';
import { openStorage } from './storage/storage.ts';
import { answer, messageFrames, type Request, readRequest } from './wire/message.ts';

export interface EmbeddedServer {
  /** For a MongoDB driver of this process. */
  readonly uri: string;
  close(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Made when missing; readable by its owner only. */
  directory: string;
  now(): Date;
}

/**
 * MongoDB's wire protocol on a socket only this user can open: there is no authentication behind it.
 * Throws when another process serves the same directory.
 */
export async function startEmbeddedServer({
  directory,
  now,
}: EmbeddedServerOptions): Promise<EmbeddedServer> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
  const address = await socketAddress(directory);
  await refuseSecondServer(address.path, directory);
  const storage = openStorage(join(directory, 'documents'));
  const shared = { storage, cursors: cursors(calculateObjectSize), now };
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket, { ...shared, connectionId: ++connections });
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening, refused) => {
    server.once('error', refused);
    server.listen(address.path, () => listening());
  });

  return {
    uri: `mongodb://${encodeURIComponent(address.path)}/baton?directConnection=true`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      await closed;
      await storage.close();
      if (address.temporary) await rm(address.temporary, { recursive: true, force: true });
    },
  };
}

// The longest path a unix socket takes on every platform, and the ending by which drivers know a socket's path.
const longestSocketPath = 100;
const socketName = 'documents.sock';

async function socketAddress(directory: string): Promise<{ path: string; temporary?: string }> {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(resolve(directory).toLowerCase()).digest('hex').slice(0, 32);
    return { path: `\\\\.\\pipe\\baton-${name}.sock` };
  }
  const path = resolve(directory, socketName);
  if (Buffer.byteLength(path) <= longestSocketPath) return { path };
  const temporary = await mkdtemp(join(tmpdir(), 'baton-'));
  return { path: join(temporary, socketName), temporary };
}

/** A socket file nobody answers at was left by a process that was killed. */
async function refuseSecondServer(path: string, directory: string): Promise<void> {
  const taken = await new Promise<boolean>((known) => {
    const probe = connect(path, () => {
      probe.destroy();
      known(true);
    });
    probe.on('error', () => known(false));
  });
  if (taken)
    throw new Error(
      `Expected ${directory} to be used by one process, but another one already serves documents from it`,
    );
  if (process.platform !== 'win32') await rm(path, { force: true });
}

function serve(socket: Socket, context: CommandContext): void {
  const frames = messageFrames();
  let previous = Promise.resolve();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (const frame of frames(chunk)) {
        const request = readRequest(frame);
        previous = previous.then(async () => {
          const body = await run(request, context);
          if (!request.silent && socket.writable) socket.write(answer(request, body));
        });
      }
    } catch {
      // Bytes that are no message leave nothing to answer to.
      socket.destroy();
    }
  });
}

async function run({ command }: Request, context: CommandContext): Promise<Document> {
  try {
    const [name] = Object.keys(command);
    if (name === undefined || !Object.hasOwn(commands, name))
      throw new CommandRefusal('CommandNotFound', `no such command: '${name}'`);
    if (command.startTransaction || command.autocommit === false)
      throw new CommandRefusal(
        'IllegalOperation',
        'Transaction numbers are only allowed on a replica set member or mongos',
      );
    const result = await (commands as { [name: string]: Command })[name]!(command, context);
    return { ...result, ok: 1 };
  } catch (error) {
    const refusal =
      error instanceof CommandRefusal
        ? error
        : new CommandRefusal('InternalError', error instanceof Error ? error.message : String(error));
    return {
      ok: 0,
      errmsg: refusal.message,
      code: refusal.code,
      codeName: refusal.codeName,
      ...refusal.data,
    };
  }
}
