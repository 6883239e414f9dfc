import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ok, type Result } from '@baton/engine/protocol';
import type { McpCaller, McpFace } from '@baton/tools-registry/contract';
import express, {
  type Request as ExpressRequest,
  type Response as ExpressResponse,
  type Router,
} from 'express';
import type { Logger } from 'pino';
import { errorStatus } from '../api/index.ts';
import type { BegunEntry } from '../audit/ports.ts';
import type { Principal } from '../auth/principal.ts';
import type { ClientAddress } from '../limits/addresses.ts';
import { createRecorder, type RecorderOptions } from '../pipeline/audit.ts';
import type { Exchange, Stage } from '../pipeline/exchange.ts';
import { requestIdOf } from '../pipeline/requestId.ts';
import type { Refusal } from '../refusal.ts';
import type { ProtectedResource } from './protectedResource.ts';
import { type McpRow, mcpRows } from './rows.ts';

export interface McpRouteOptions {
  face: McpFace;
  callerOf(principal: Principal, told: Pick<McpCaller, 'calling' | 'called'>): McpCaller;
  /** Who asks, of which tenant, from where; then the body. */
  entrance: readonly Stage[];
  /** How much they ask, once it is known what. */
  counting: readonly Stage[];
  recording: Omit<RecorderOptions, 'readers'>;
  clientAddress: ClientAddress;
  resource: ProtectedResource;
  /** Whose pages may ask, beside this server's own: of others, none. */
  origins: readonly string[];
  /** The origin the request was sent to, where it is one of ours. */
  originOf(headers: IncomingHttpHeaders): string;
  log: Logger;
}

/** `/mcp`: our MCP server behind the stages of the API. */
export function mcpRoutes(options: McpRouteOptions): Router {
  const { face, callerOf, entrance, counting, recording, clientAddress, resource, log } = options;
  const recorder = createRecorder({ ...recording, readers: new Map() });
  const router = express.Router();
  router.use(resource.router);
  router.all('/mcp', (request, response) => serve(request, response));

  async function passed(exchange: Exchange, stages: readonly Stage[]): Promise<Result<void, Refusal>> {
    for (const stage of stages) {
      const result = await stage(exchange);
      if (!result.ok) return result;
    }
    return ok();
  }

  async function serve(request: ExpressRequest, response: ExpressResponse): Promise<void> {
    const first = rowOfMethod(request.method);
    if (first === undefined) {
      return answer(request, response, {
        code: 'METHOD_NOT_ALLOWED',
        message: `Expected POST, GET or DELETE, but got ${request.method}`,
        headers: { Allow: 'POST, GET, DELETE' },
      });
    }
    const { origin: page } = request.headers;
    if (page !== undefined && page !== options.originOf(request.headers) && !options.origins.includes(page)) {
      const message = `Expected a page of this server, but the request comes from one of ${page.slice(0, 200)}`;
      return answer(request, response, { code: 'PERMISSION_DENIED', message });
    }
    let exchange = exchangeOf(first, request, response, clientAddress);
    const entered = await passed(exchange, entrance);
    response.locals.tenantId = exchange.tenantId;
    response.locals.userId = exchange.principal?.userId;
    if (entered.ok) exchange = asWhat(exchange);
    const counted = entered.ok ? await passed(exchange, counting) : entered;
    if (counted.ok) return carriedOut(exchange, response);
    const told = await recorder.end(exchange, counted, undefined);
    answer(request, response, told.ok ? counted.failure : told.failure);
  }

  async function carriedOut(entered: Exchange, response: ExpressResponse) {
    let exchange = entered;
    let begun: BegunEntry | undefined;
    let told = false;
    async function end(failed: Refusal | undefined): Promise<void> {
      if (told) return;
      told = true;
      const ended = await recorder.end(exchange, failed ? { ok: false, failure: failed } : ok(), begun);
      // What cannot be accounted for is not answered.
      if (begun && !ended.ok && ended.failure !== failed) throw new Error(ended.failure.message);
    }
    const caller = callerOf(exchange.principal as Principal, {
      async calling(mayChange) {
        if (!mayChange || begun) return;
        exchange = { ...exchange, row: mcpRows.callTool };
        const recorded = await recorder.begin(exchange);
        if (!recorded.ok) throw new Error(recorded.failure.message);
        begun = recorded.value;
      },
      // The audit takes any code; those of tools are not answers of the API.
      called: (failure) =>
        end(failure && { code: failure.code as Refusal['code'], message: failure.message }),
    });
    try {
      const asked = webRequest(exchange, options.originOf(exchange.request.headers));
      const answered = await face.handle(asked, exchange.body, caller);
      for (const [name, value] of Object.entries(exchange.answerHeaders)) response.setHeader(name, value);
      await send(response, answered);
      await end(undefined);
    } catch (error) {
      const failed: Refusal = { code: 'INTERNAL', message: 'Expected to answer, but something failed here' };
      log.error({ err: error, requestId: exchange.requestId }, 'the MCP server failed');
      await end(failed).catch(() => {});
      if (!response.headersSent) answer(exchange.request, response, failed);
      else response.destroy();
    }
  }

  function answer(request: ExpressRequest, response: ExpressResponse, refusal: Refusal): void {
    const { code, message, details, headers } = refusal;
    const status = errorStatus[code];
    if (status === 401) response.setHeader('WWW-Authenticate', resource.challenge(request.headers));
    const data = {
      error_code: code,
      request_id: requestIdOf(response),
      ...(details === undefined ? {} : { details }),
    };
    const rpcCode = code === 'BODY_INVALID_JSON' ? parseError : refusedRequest;
    response
      .status(status)
      .set('Cache-Control', 'no-store')
      .set(status === 401 ? {} : (headers ?? {}))
      .json({ jsonrpc: '2.0', id: null, error: { code: rpcCode, message, data } });
  }

  return router;
}

/** JSON-RPC's for what is no JSON, and the first of those that servers give meaning to. */
const parseError = -32700;
const refusedRequest = -32000;

const rowsOfMethods: { [method: string]: McpRow } = { POST: 'ask', GET: 'listen', DELETE: 'endSession' };
const rowOfMethod = (method: string): McpRow | undefined => rowsOfMethods[method];

function exchangeOf(
  row: McpRow,
  request: ExpressRequest,
  response: ExpressResponse,
  clientAddress: ClientAddress,
): Exchange {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return {
    row: mcpRows[row],
    operation: `mcp.${row}`,
    requestId: requestIdOf(response),
    request,
    address: clientAddress(request),
    params: {},
    query: {},
    body: undefined,
    audit: {},
    answerHeaders: {},
    afterwards: [],
    signal: gone.signal,
  };
}

/** A call of a tool is a change of its own; anything else that is posted asks. */
function asWhat(exchange: Exchange): Exchange {
  const { method, params } = (exchange.body ?? {}) as { method?: unknown; params?: { name?: unknown } };
  if (method !== 'tools/call') return exchange;
  const id = typeof params?.name === 'string' ? params.name.slice(0, 200) : '';
  return {
    ...exchange,
    row: mcpRows.useTool,
    operation: 'mcp.callTool',
    audit: { ...exchange.audit, resource: { kind: 'tools', id } },
  };
}

/** Headers that say how the protocol is spoken; who asks is known already and goes no further. */
const spoken = [
  'accept',
  'content-type',
  'last-event-id',
  'mcp-method',
  'mcp-name',
  'mcp-protocol-version',
  'mcp-session-id',
];

function webRequest({ request, signal }: Exchange, origin: string): Request {
  const headers = new Headers();
  for (const name of spoken) {
    const value = request.headers[name];
    if (typeof value === 'string') headers.set(name, value);
  }
  return new Request(`${origin}/mcp`, { method: request.method, headers, signal });
}

async function send(response: ExpressResponse, answered: Response): Promise<void> {
  response.statusCode = answered.status;
  answered.headers.forEach((value, name) => {
    response.setHeader(name, value);
  });
  response.setHeader('Cache-Control', 'no-store');
  if (!answered.body) {
    response.end();
    return;
  }
  const streams = answered.headers.get('content-type')?.startsWith('text/event-stream');
  if (!streams) {
    const bytes = Buffer.from(await answered.arrayBuffer());
    response.setHeader('Content-Length', bytes.length);
    response.end(bytes);
    return;
  }
  // nginx collects what it passes on, unless told not to.
  response.setHeader('X-Accel-Buffering', 'no');
  response.flushHeaders();
  await pipeline(Readable.fromWeb(answered.body as never), response).catch(() => {
    // Whoever asked has gone: nobody is told.
  });
}
