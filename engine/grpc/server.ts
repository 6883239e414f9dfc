import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { type Broker, createJobPolls, createPendingBytes, type PendingBytes } from '@baton/engine/broker';
import type { Result } from '@baton/engine/protocol';
import { loadGatewayMethods, type MethodCodec } from './codec.ts';
import { encodingFault, frame, MAX_MESSAGE_BYTES, readFrame, tooLarge } from './frame.ts';
import { healthMethods } from './health.ts';
import { createKeepAlive, type KeepAlive } from './keepAlive.ts';
import type { Call, RpcContext, StreamCall, StreamRpc, UnaryRpc } from './rpc.ts';
import { rpcs } from './rpcs/index.ts';
import { Code, encodeDetails, encodeMessage, overloaded, type Status, unexpected } from './status.ts';
import { foreignTenant } from './tenancy.ts';
import { parseTimeout } from './timeout.ts';

export interface GrpcServerOptions {
  broker: Broker;
  /** Calls back once after `ms`; returns the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** The time, ms; clients that ping too often are disconnected where it is given. */
  now?: () => number;
  /** Room for what clients send; shared with the other doors when given. */
  pendingBytes?: PendingBytes;
  /** Whether clients may name a tenant other than the default one; yes when not given. */
  multiTenancy?: boolean;
}

export interface GrpcServer {
  /** Resolves with the port, for `0` the one the system chose; rejects with the socket's error. */
  listen(port: number, host: string): Promise<number>;
  /** Ends open calls with UNAVAILABLE, then the connections. */
  close(): Promise<void>;
}

type AnyRpc = UnaryRpc<unknown, object> | StreamRpc<unknown, object>;

interface Route {
  codec: MethodCodec;
  rpc: AnyRpc;
}

/**
 * The clients of this door compress every request unless the server says that it does not want it; on a local wire that
 * costs more than it saves. Compressed requests are understood all the same.
 */
const ACCEPTED_ENCODING = 'identity';

const responseHeaders = {
  ':status': 200,
  'content-type': 'application/grpc+proto',
  'grpc-accept-encoding': ACCEPTED_ENCODING,
};
const okTrailers = { 'grpc-status': '0' };
const withTrailers = { waitForTrailers: true };

/** How long connections may finish what they send when the server closes, ms. */
const CLOSING_GRACE = 500;

/** The Zeebe gateway service over plaintext HTTP/2. */
export function createGrpcServer({
  broker,
  schedule,
  now,
  pendingBytes = createPendingBytes(),
  multiTenancy = true,
}: GrpcServerOptions): GrpcServer {
  const routes = new Map<string, Route>();
  for (const codec of loadGatewayMethods()) {
    const rpc = (rpcs as { [name: string]: unknown })[codec.name];
    if (rpc) routes.set(codec.path, { codec, rpc: rpc as AnyRpc });
  }
  for (const { codec, rpc } of healthMethods()) routes.set(codec.path, { codec, rpc: rpc as AnyRpc });

  const server = createServer({
    settings: { initialWindowSize: MAX_MESSAGE_BYTES },
    maxSendHeaderBlockLength: 2 * MAX_TEXT_BYTES,
  });
  const sessions = new Set<ServerHttp2Session>();
  const openCalls = new Set<OpenCall>();
  let listening = { host: '127.0.0.1', port: 0 };
  const context: RpcContext = {
    broker,
    polls: createJobPolls({ broker, schedule }),
    schedule,
    address: () => listening,
  };

  const keepAlives = new WeakMap<object, KeepAlive>();
  server.on('session', (session) => {
    sessions.add(session);
    if (now) watchPings(session, now);
    session.on('close', () => sessions.delete(session));
    session.on('error', () => session.destroy());
  });
  // A client that speaks something else on this port ends its own connection only.
  server.on('sessionError', () => {});
  server.on('stream', onStream);

  function watchPings(session: ServerHttp2Session, now: () => number): void {
    const keepAlive = createKeepAlive(now());
    keepAlives.set(session, keepAlive);
    session.on('ping', () => {
      const hasCalls = [...openCalls].some((call) => call.session === session);
      if (keepAlive.accepts(now(), hasCalls)) return;
      session.goaway(constants.NGHTTP2_ENHANCE_YOUR_CALM, 0, Buffer.from('too_many_pings'));
      schedule(CLOSING_GRACE, () => session.destroy());
    });
  }

  function onStream(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
    stream.on('error', () => {});
    const unreadable = faultOf(headers);
    if (unreadable) {
      const { status, text } = unreadable;
      const message = { 'grpc-status': String(Code.INTERNAL), 'grpc-message': encodeMessage(text) };
      stream.respond({ ':status': status, 'content-type': 'text/plain; charset=utf-8', ...message });
      stream.end(text);
      stream.resume();
      return;
    }
    const route = routes.get(headers[':path'] as string);
    if (!route) {
      const message = `Method not found: ${String(headers[':path']).slice(1)}`;
      respondStatus(stream, { code: Code.UNIMPLEMENTED, message });
      stream.resume();
      return;
    }
    const encoding = headers['grpc-encoding'] as string | undefined;
    const encodingIsUnknown = encodingFault(encoding);
    if (encodingIsUnknown) {
      respondStatus(stream, encodingIsUnknown);
      stream.resume();
      return;
    }
    const reader = readFrame(encoding);
    let answered = false;
    let held = 0;
    const refuse = (status: Status) => {
      answered = true;
      respondStatus(stream, status);
    };
    // what a stream asks for is kept by the broker; the answer to a command has been sent when its stream closes
    const giveBack = () => {
      pendingBytes.giveBack(held);
      held = 0;
    };
    stream.on('close', giveBack);
    stream.on('data', (chunk: Buffer) => {
      if (answered) return;
      const message = reader.push(chunk);
      if (!message.ok) return refuse(message.failure);
      // the room for all of it is taken with its first bytes: else many half requests would keep each other from ending
      if (!pendingBytes.take(reader.size - held)) return refuse(overloaded);
      held = reader.size;
      if (message.value === undefined) return;
      answered = true;
      serve(stream, headers, route, message.value);
      if (route.rpc.kind === 'stream') giveBack();
    });
    stream.on('end', () => {
      if (!answered) refuse(reader.end());
    });
  }

  function serve(
    stream: ServerHttp2Stream,
    headers: IncomingHttpHeaders,
    { codec, rpc }: Route,
    bytes: Buffer,
  ): void {
    const call = openCall(stream, parseTimeout(headers['grpc-timeout'] as string | undefined));
    let request: unknown;
    try {
      request = codec.decode(bytes);
    } catch {
      call.finish({ code: Code.UNKNOWN, message: 'Application error processing RPC' });
      return;
    }
    const foreign = multiTenancy ? undefined : foreignTenant(codec.name, request);
    if (foreign) {
      call.finish(foreign);
      return;
    }
    if (rpc.kind === 'unary') void answer(rpc, codec, request, call);
    else open(rpc, codec, request, call);
  }

  async function answer(
    rpc: UnaryRpc<unknown, object>,
    codec: MethodCodec,
    request: unknown,
    call: OpenCall,
  ): Promise<void> {
    let result: Result<object, Status>;
    try {
      result = await rpc.answer(request, context, call);
    } catch (error) {
      call.finish(unexpected(error));
      return;
    }
    if (!result.ok) call.finish(result.failure);
    else call.respond(codec.encode(result.value));
  }

  function open(rpc: StreamRpc<unknown, object>, codec: MethodCodec, request: unknown, call: OpenCall): void {
    const streamCall: StreamCall<object> = {
      get ended() {
        return call.ended;
      },
      get signal() {
        return call.signal;
      },
      get keepsUp() {
        return call.keepsUp;
      },
      onEnd: call.onEnd,
      start: () => call.start(),
      write: (message) => call.write(codec.encode(message)),
      end: (status) => call.finish(status ?? { code: Code.OK, message: '' }),
    };
    try {
      rpc.open(request, context, streamCall);
    } catch (error) {
      call.finish(unexpected(error));
    }
  }

  interface OpenCall extends Call {
    readonly session: ServerHttp2Stream['session'];
    start(): void;
    respond(message: Uint8Array): void;
    write(message: Uint8Array): void;
    readonly keepsUp: boolean;
    finish(status: Status): void;
  }

  function openCall(stream: ServerHttp2Stream, timeout: number | undefined): OpenCall {
    let ended = false;
    let abort: AbortController | undefined;
    const listeners: (() => void)[] = [];
    const end = () => {
      if (ended) return;
      ended = true;
      openCalls.delete(call);
      cancelTimeout?.();
      for (const listener of listeners) listener();
      abort?.abort();
    };
    const { session } = stream;
    const keepAlive = session && keepAlives.get(session);
    const call: OpenCall = {
      session,
      get ended() {
        return ended;
      },
      get keepsUp() {
        return !ended && !stream.writableNeedDrain;
      },
      get signal() {
        abort ??= new AbortController();
        if (ended) abort.abort();
        return abort.signal;
      },
      onEnd(callback) {
        if (ended) callback();
        else listeners.push(callback);
      },
      respond(message) {
        if (ended) return;
        if (message.length > MAX_MESSAGE_BYTES) {
          call.finish(tooLarge(message.length));
          return;
        }
        stream.respond(responseHeaders, withTrailers);
        stream.on('wantTrailers', () => stream.sendTrailers(okTrailers));
        stream.end(frame(message));
        keepAlive?.sent();
        end();
      },
      start() {
        if (!ended && !stream.headersSent) stream.respond(responseHeaders, withTrailers);
      },
      write(message) {
        if (ended) return;
        if (message.length > MAX_MESSAGE_BYTES) {
          call.finish(tooLarge(message.length));
          return;
        }
        call.start();
        stream.write(frame(message));
        keepAlive?.sent();
      },
      finish(status) {
        if (ended) return;
        if (stream.headersSent) {
          stream.on('wantTrailers', () => stream.sendTrailers(trailersOf(status)));
          stream.end();
        } else {
          respondStatus(stream, status);
        }
        keepAlive?.sent();
        end();
      },
    };
    const cancelTimeout =
      timeout === undefined
        ? undefined
        : schedule(timeout, () =>
            call.finish({ code: Code.DEADLINE_EXCEEDED, message: 'Deadline exceeded' }),
          );
    stream.on('close', end);
    openCalls.add(call);
    return call;
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

    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const call of [...openCalls]) {
        call.finish({ code: Code.UNAVAILABLE, message: 'The broker is shutting down' });
      }
      for (const session of sessions) session.close();
      const cancel = schedule(CLOSING_GRACE, () => {
        for (const session of sessions) session.destroy();
      });
      await closed;
      cancel();
    },
  };
}

/** Why a request is none of gRPC's, as HTTP says it. */
function faultOf(headers: IncomingHttpHeaders): { status: number; text: string } | undefined {
  const type = headers['content-type'] ?? '';
  if (!/^application\/grpc(?:$|[+;])/.test(type)) {
    return { status: 415, text: `Content-Type '${type}' is not supported` };
  }
  const method = headers[':method'];
  return method === 'POST' ? undefined : { status: 405, text: `Method '${method}' is not supported` };
}

/** What HTTP/2 clients take of headers is 64 KiB in all; beyond it they hear nothing of a refusal. */
const MAX_TEXT_BYTES = 60_000;

function trailersOf(status: Status): { [name: string]: string } {
  if (status.code === Code.OK) return okTrailers;
  const text = encodeMessage(status.message, MAX_TEXT_BYTES);
  const coded = { 'grpc-status': String(status.code), 'grpc-message': text };
  // a long text goes once, without the details that would repeat it
  if (text.length > MAX_TEXT_BYTES / 4) return coded;
  return { ...coded, 'grpc-status-details-bin': encodeDetails(status) };
}

/** An answer without a message: headers and trailers in one. */
function respondStatus(stream: ServerHttp2Stream, status: Status): void {
  if (stream.destroyed || stream.closed) return;
  stream.respond({ ...responseHeaders, ...trailersOf(status) }, { endStream: true });
}
