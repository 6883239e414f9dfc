import { createHash } from 'node:crypto';
import { chmod, mkdir, rm, stat } from 'node:fs/promises';
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
  const path = await socketPath(directory);
  await refuseSecondServer(path, directory);
  const storage = openStorage(join(directory, 'documents'));
  const shared = { storage, cursors: cursors(calculateObjectSize), now };
  const connected = new Map<Socket, () => Promise<void>>();
  let connections = 0;

  const server = createServer((socket) => {
    const idle = serve(socket, { ...shared, connectionId: ++connections });
    connected.set(socket, idle);
    socket.on('close', () => idle().then(() => connected.delete(socket)));
  });
  await new Promise<void>((listening, refused) => {
    server.once('error', refused);
    server.listen(path, () => listening());
  });

  return {
    uri: `mongodb://${encodeURIComponent(path)}/baton?directConnection=true`,
    async close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      const working = [...connected].map(([socket, idle]) => {
        socket.destroy();
        return idle();
      });
      await closed;
      // Storage must outlive every command that reads it.
      await Promise.all(working);
      await storage.close();
    },
  };
}

// The longest path a unix socket takes on every platform, and the ending by which drivers know a socket's path.
const longestSocketPath = 100;
const socketName = 'documents.sock';

async function socketPath(directory: string): Promise<string> {
  const name = createHash('sha256').update(resolve(directory)).digest('hex').slice(0, 32);
  if (process.platform === 'win32') return `\\\\.\\pipe\\baton-${name}.sock`;
  const path = resolve(directory, socketName);
  if (Buffer.byteLength(path) <= longestSocketPath) return path;
  const short = join(tmpdir(), `baton-${name}`);
  await mkdir(short, { recursive: true, mode: 0o700 });
  // The name can be guessed: somebody else may have made the folder first.
  const { uid, mode } = await stat(short);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new Error(
      `Expected ${short} to be this user's alone, but others can reach it; choose a shorter data directory`,
    );
  return join(short, socketName);
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

/** Answers a connection's commands one after the other; what it gives back resolves when none is being run. */
function serve(socket: Socket, context: CommandContext): () => Promise<void> {
  const frames = messageFrames();
  let previous = Promise.resolve();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    try {
      for (const frame of frames(chunk)) {
        const request = readRequest(frame);
        previous = previous.then(async () => {
          if (socket.destroyed) return;
          const reply = await answered(request, context);
          if (!request.silent && socket.writable) socket.write(reply);
        });
      }
    } catch {
      // Bytes that are no message leave nothing to answer to.
      socket.destroy();
    }
  });
  return () => previous;
}

async function answered(request: Request, context: CommandContext): Promise<Buffer> {
  try {
    return answer(request, { ...(await run(request.command, context)), ok: 1 });
  } catch (error) {
    const { code, codeName, message, data } =
      error instanceof CommandRefusal
        ? error
        : new CommandRefusal('InternalError', error instanceof Error ? error.message : String(error));
    return answer(request, { ok: 0, errmsg: message, code, codeName, ...data });
  }
}

async function run(command: Document, context: CommandContext): Promise<Document> {
  const [name] = Object.keys(command);
  if (name === undefined || !Object.hasOwn(commands, name))
    throw new CommandRefusal('CommandNotFound', `no such command: '${name}'`);
  if (command.startTransaction || command.autocommit === false)
    throw new CommandRefusal(
      'IllegalOperation',
      'Transaction numbers are only allowed on a replica set member or mongos',
    );
  return (commands as { [name: string]: Command })[name]!(command, context);
}
