import { type Result, writeJson } from '@baton/engine/protocol';
import express, { type Request, type Response, type Router } from 'express';
import type { Logger } from 'pino';
import { changesState, type Route, table } from '../api/index.ts';
import type { BegunEntry } from '../audit/ports.ts';
import type { Clock } from '../dependencies.ts';
import type { ClientAddress } from '../limits/addresses.ts';
import type { Refusal } from '../refusal.ts';
import type { AnyHandler, Handlers } from '../resources/handler.ts';
import { bug, createRecorder, type Recorder, type RecorderOptions } from './audit.ts';
import { answerRefusal, bodyOf, unknownRoute } from './errors.ts';
import { asksForEvents, type EventStream, eventStream } from './eventStream.ts';
import type { Exchange, Stage } from './exchange.ts';
import { requestIdOf } from './requestId.ts';

interface Served {
  operation: string;
  row: Route;
  handle: AnyHandler;
}

/** Routes of the table with their handlers: the stages, then the handler, its audit entry, then the answer. */
export function apiRouter(
  handlers: Handlers,
  stages: readonly Stage[],
  recording: Omit<RecorderOptions, 'readers'>,
  clientAddress: ClientAddress,
  after: Clock['after'],
): Router {
  const router = express.Router();
  const served = Object.entries(table).flatMap(([resource, rows]) =>
    Object.entries(rows).map(
      ([name, row]): Served => ({
        operation: `${resource}.${name}`,
        row,
        handle: (handlers[resource as keyof Handlers] as Record<string, AnyHandler>)[name]!,
      }),
    ),
  );
  const readers = new Map(
    served.filter(({ row }) => row.method === 'GET').map((each) => [each.row.path, each]),
  );
  const recorder = createRecorder({ ...recording, readers });
  const methods = new Map<string, string[]>();
  for (const each of served) {
    const { path, method } = each.row;
    router
      .route(path)
      [method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete']((request, response) =>
        serve(each, stages, recorder, clientAddress, recording.log, after, request, response),
      );
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  for (const [path, allowed] of methods) {
    router.all(path, (request, response) =>
      answerRefusal(response, {
        code: 'METHOD_NOT_ALLOWED',
        message: `Expected ${allowed.join(' or ')}, but got ${request.method}`,
        headers: { Allow: allowed.join(', ') },
      }),
    );
  }
  router.use(unknownRoute);
  return router;
}

/** What was done stays done, whatever comes of this. */
async function settle(
  { afterwards, requestId }: Exchange,
  result: Result<unknown, Refusal>,
  log: Logger,
): Promise<void> {
  for (const then of afterwards) {
    await then(result).catch((err: unknown) => log.error({ err, requestId }, 'not settled'));
  }
}

async function serve(
  { operation, row, handle }: Served,
  stages: readonly Stage[],
  recorder: Recorder,
  clientAddress: ClientAddress,
  log: Logger,
  after: Clock['after'],
  request: Request,
  response: Response,
): Promise<void> {
  const answerHeaders: Exchange['answerHeaders'] = {};
  const stream =
    row.events && asksForEvents(request) ? eventStream(response, answerHeaders, after) : undefined;
  const exchange: Exchange = {
    row,
    operation,
    requestId: requestIdOf(response),
    request,
    address: clientAddress(request),
    params: request.params,
    query: request.query,
    body: undefined,
    audit: {},
    answerHeaders,
    afterwards: [],
    signal: gone(response),
    emit: row.events && (({ event, data }) => stream?.send(event, data)),
  };
  let begun: BegunEntry | undefined;
  let answered: Result<unknown, Refusal> | undefined;
  async function pass(): Promise<Result<unknown, Refusal>> {
    for (const stage of stages) {
      const passed = await stage(exchange);
      response.locals.tenantId = exchange.tenantId;
      response.locals.userId = exchange.principal?.userId;
      if (!passed.ok) return passed;
      if (exchange.replay) return exchange.replay;
    }
    if (changesState(row)) {
      const recorded = await recorder.begin(exchange);
      if (!recorded.ok) return recorded;
      begun = recorded.value;
    }
    answered = await handle(exchange as never);
    return answered;
  }
  const result = await pass()
    // Nobody heard the answer: who asks again is to be answered, not told that they went.
    .finally(() => exchange.settleReply?.(exchange.signal.aborted ? undefined : answered))
    .catch(async (error) => {
      await settle(exchange, bug, log);
      await recorder.end(exchange, bug, begun);
      if (!stream?.begun) throw error;
      log.error({ err: error, requestId: exchange.requestId }, 'unexpected error');
      endStream(stream, row, bug, response);
      return undefined;
    });
  if (!result) return;
  const [told] = await Promise.all([recorder.end(exchange, result, begun), settle(exchange, result, log)]);
  if (stream && (stream.begun || told.ok)) return endStream(stream, row, told, response);
  for (const [name, value] of Object.entries(exchange.answerHeaders)) response.setHeader(name, value);
  if (!told.ok) return answerRefusal(response, told.failure);
  // Written without Express' `json`, which looks for what this API has not: encodings, fresh copies, other types.
  response.statusCode = row.status;
  response.setHeader('Cache-Control', 'no-store');
  if (row.etag) response.setHeader('ETag', `"${(told.value as { hash: string }).hash}"`);
  if (row.status === 204) {
    response.end();
    return;
  }
  const body = writeJson(told.value);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(body);
}

/** Aborted when the connection ends before the answer has left. */
function gone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

function endStream(
  stream: EventStream,
  { answerEvent = 'answer' }: Route,
  told: Result<unknown, Refusal>,
  response: Response,
): void {
  if (told.ok) stream.send(answerEvent, told.value);
  else stream.send('error', bodyOf(response, told.failure));
  stream.end();
}
