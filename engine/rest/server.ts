import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Broker,
  type BrokerWorld,
  createJobPolls,
  createPendingBytes,
  type History,
  type PendingBytes,
} from '@baton/engine/broker';
import { failed, type JsonObject, ok, type Result, readJson, writeJson } from '@baton/engine/protocol';
import { createMemoryDocuments } from './documents.ts';
import { badRequest, notFound, overloaded, type Problem, unexpected } from './problem.ts';
import { routes } from './resources/index.ts';
import type { ClockControl, LineStream, RestAnswer, RestContext } from './route.ts';
import { createRouter } from './router.ts';
import { foreignTenant } from './tenancy.ts';

export interface RestServerOptions {
  broker: Broker;
  history: History;
  world: BrokerWorld;
  uuid(): string;
  /** Room for what clients send; shared with the other doors when given. */
  pendingBytes?: PendingBytes;
  /** Whether clients may name a tenant other than the default one; yes when not given. */
  multiTenancy?: boolean;
  /** The broker's clock, when clients may move it. */
  clock?: ClockControl | undefined;
}

export interface RestServer {
  /** Resolves with the port, for `0` the one the system chose; rejects with the socket's error. */
  listen(port: number, host: string): Promise<number>;
  close(): Promise<void>;
}

/** Largest request body; a deployment is the largest thing anybody sends. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

/** The query and user-task door of the embedded broker. It knows no users: keep it on loopback behind the gateway. */
export function createRestServer({
  broker,
  history,
  world,
  uuid,
  pendingBytes = createPendingBytes(),
  multiTenancy = true,
  clock,
}: RestServerOptions): RestServer {
  const find = createRouter(routes);
  let listening = { host: '127.0.0.1', port: 0 };
  const context: RestContext = {
    broker,
    history,
    world,
    clock,
    multiTenancy,
    uuid,
    documents: createMemoryDocuments(),
    polls: createJobPolls({ broker, schedule: world.schedule }),
    address: () => listening,
  };

  const server = createServer((request, response) => {
    handle(request, response).then(
      (result) => {
        if (result.ok) send(response, result.value);
        else sendProblem(request, response, result.failure);
      },
      (error) => sendProblem(request, response, unexpected(error)),
    );
  });

  async function handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<Result<RestAnswer, Problem>> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://broker');
    const match = find(request.method ?? 'GET', pathname);
    if (!match) return failed(notFound(`Expected a known resource, but '${pathname}' is none`));
    if ('allowed' in match) {
      response.setHeader('allow', match.allowed.join(', '));
      const detail = `Expected one of ${match.allowed.join(', ')} on '${pathname}', but was ${request.method}`;
      return failed({ status: 405, title: 'METHOD_NOT_ALLOWED', detail });
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    let held = 0;
    const giveBack = () => {
      pendingBytes.giveBack(held);
      held = 0;
    };
    response.on('close', giveBack);
    const announced = Number(request.headers['content-length']) || 0;
    const take = (bytes: number) => {
      if (!pendingBytes.take(bytes)) return false;
      held += bytes;
      return true;
    };
    // the room for all of it is taken before its first bytes: else many half requests would keep each other from ending
    if (announced <= MAX_BODY_BYTES && !take(announced)) return failed(overloaded);
    const body = await readBody(request, (received) => received <= held || take(received - held));
    if (!body.ok) return body;
    const json = parseOnce(body.value);
    if (!multiTenancy) {
      const foreign = foreignTenant(match.route, json);
      if (foreign) return failed(foreign);
    }
    return match.handler(
      {
        params: match.params,
        query: searchParams,
        headers: request.headers,
        bytes: body.value,
        json,
        signal: gone.signal,
      },
      context,
    );
  }

  return {
    listen(port, host) {
      return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          listening = { host, port: (server.address() as AddressInfo).port };
          resolve(listening.port);
        });
      });
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function readBody(
  request: IncomingMessage,
  hasRoom: (received: number) => boolean,
): Promise<Result<Buffer, Problem>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MAX_BODY_BYTES) {
      const detail = `Expected a body of at most ${MAX_BODY_BYTES} bytes, but it is larger`;
      return failed({ status: 413, title: 'INVALID_ARGUMENT', detail });
    }
    if (!hasRoom(bytes)) return failed(overloaded);
    chunks.push(chunk as Buffer);
  }
  return ok(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
}

function parseOnce(bytes: Buffer): () => Result<JsonObject, Problem> {
  let parsed: Result<JsonObject, Problem> | undefined;
  return () => {
    parsed ??= parseObject(bytes);
    return parsed;
  };
}

function parseObject(bytes: Buffer): Result<JsonObject, Problem> {
  if (bytes.length === 0) return ok({});
  let value: unknown;
  try {
    value = readJson(bytes.toString('utf8'));
  } catch {
    return failed(badRequest('Failed to read request'));
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return ok(value as JsonObject);
  return failed(badRequest('Failed to read request'));
}

function send(response: ServerResponse, answer: RestAnswer): void {
  if (answer.status === 204) {
    response.writeHead(204).end();
  } else if ('json' in answer) {
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(writeJson(answer.json));
  } else if ('bytes' in answer) {
    response.writeHead(200, { 'content-type': answer.type }).end(answer.bytes);
  } else if ('text' in answer) {
    response.writeHead(200, { 'content-type': answer.type }).end(answer.text);
  } else {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.flushHeaders();
    const stream: LineStream = {
      write: (line) => response.write(`${line}\n`),
      onDrain: (callback) => void response.on('drain', callback),
      onEnd: (callback) => void response.on('close', callback),
    };
    answer.lines(stream);
  }
}

function sendProblem(request: IncomingMessage, response: ServerResponse, problem: Problem): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (!request.complete) response.setHeader('connection', 'close');
  response
    .writeHead(problem.status, { 'content-type': 'application/problem+json' })
    .end(JSON.stringify({ type: 'about:blank', ...problem, instance: request.url }));
}
