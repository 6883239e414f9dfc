import { createServer as createHttpServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ErrorBody, type ErrorCode, errorStatus } from './api/index.ts';
import type { GatewayDependencies, InstallationLimits } from './dependencies.ts';
import { type AddressList, addressList } from './limits/addresses.ts';

const defaults = {
  connections: 10_000,
  connectionsPerAddress: 1_000,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
} satisfies InstallationLimits;

/** ms an idle connection is kept: longer than the 60 s of usual load balancers, which must not meet one that just closed. */
const keepAliveTimeout = 65_000;
/** ms of silence in the middle of an answer: longer than a model may think. */
const silence = 660_000;
/** Bytes of a request's headers. */
const maxHeaderSize = 16_384;

/** What the parser says of a request, and how it is answered. Anything else was not HTTP. */
const refusals: { [parserCode: string]: [ErrorCode, string] } = {
  HPE_HEADER_OVERFLOW: [
    'HEADERS_TOO_LARGE',
    `Expected headers of at most ${maxHeaderSize} bytes, but they are larger`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ['REQUEST_TIMEOUT', 'Expected the whole request in time, but it did not come'],
};
const malformed: [ErrorCode, string] = [
  'VALIDATION_FAILED',
  'Expected a well-formed HTTP request, but it could not be read',
];

export interface ServerOptions {
  tls: GatewayDependencies['tls'];
  limits: InstallationLimits;
  newId(): string;
}

/** The web server: what is slow, too much or no HTTP ends here, before any of our code looks at a request. */
export function createWebServer({ tls, limits, newId }: ServerOptions, listener: RequestListener): Server {
  const { connections, connectionsPerAddress, headersTimeout, requestTimeout } = { ...defaults, ...limits };
  const options = {
    headersTimeout,
    requestTimeout,
    keepAliveTimeout,
    maxHeaderSize,
    connectionsCheckingInterval: Math.min(1_000, headersTimeout),
    // Two lengths or a bare line feed are how one request hides inside another.
    insecureHTTPParser: false,
    requireHostHeader: true,
  };
  const server = tls
    ? createHttpsServer({ ...options, ...tls, minVersion: 'TLSv1.2' }, listener)
    : createHttpServer(options, listener);
  server.timeout = silence;
  server.maxConnections = connections;
  limitConnections(server, connectionsPerAddress, addressList(limits.trustedProxies ?? []));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const [code, message] = refusals[error.code ?? ''] ?? malformed;
    refuseOn(socket, code, message, newId());
  });
  return server;
}

/** Counts connections by address; those of trusted proxies are of many people. */
function limitConnections(server: Server, most: number, proxies: AddressList): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    if (proxies.has(address)) return;
    const count = (open.get(address) ?? 0) + 1;
    if (count > most) {
      socket.destroy();
      return;
    }
    open.set(address, count);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}

function refuseOn(socket: Duplex, code: ErrorCode, message: string, requestId: string): void {
  if (!socket.writable) return void socket.destroy();
  const status = errorStatus[code];
  const body = JSON.stringify({ error_code: code, message, request_id: requestId } satisfies ErrorBody);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      '',
      body,
    ].join('\r\n'),
  );
}
