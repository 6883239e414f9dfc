import { failed, ok, type Result } from '@baton/engine/protocol';
import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import type { z } from 'zod';
import { errorBody } from './errors.ts';
import type { Route } from './route.ts';

/** A request that did not succeed: one of the gateway's error codes, or `UNREACHABLE` with status 0. */
export interface ApiFailure {
  code: string;
  message: string;
  details?: unknown;
  /** Id of the request that failed, for support. */
  requestId?: string;
  status: number;
}

/** How a client shows who it is. */
export type Credential = string | { apiKey: string };

type InputOf<R, Part extends 'params' | 'query' | 'body'> = R extends {
  [P in Part]: infer S extends z.ZodType;
}
  ? z.input<S>
  : undefined;
type Field<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<string, never> extends T
    ? { [N in Name]?: T }
    : { [N in Name]: T };

/** What a row asks for: `params`, `query` and `body` as its schemas take them. */
export type RequestOf<R extends Route> = Field<'params', InputOf<R, 'params'>> &
  Field<'query', InputOf<R, 'query'>> &
  Field<'body', InputOf<R, 'body'>> & {
    /** The hash one edited; rows with `etag` refuse a save over a newer version with `VERSION_CONFLICT`. */
    ifMatch?: string;
    signal?: AbortSignal;
    /** Is sent even if the page goes away meanwhile. */
    keepalive?: boolean;
  };
export type ResponseOf<R extends Route> = R extends { response: infer S extends z.ZodType }
  ? z.output<S>
  : undefined;

/** What a row tells while it is at work. */
export type EventOf<R extends Route> = R extends { events: infer S extends z.ZodType } ? z.output<S> : never;

export interface Api {
  /** `await api.call(table.workflows.getWorkflow, { params: { id } })`; never throws for what the server answers. */
  call<const R extends Route>(
    route: R,
    ...request: Record<string, never> extends RequestOf<R>
      ? [request?: RequestOf<R>]
      : [request: RequestOf<R>]
  ): Promise<Result<ResponseOf<R>, ApiFailure>>;
  /** The same request, and what the gateway tells while it is at work; the answer is the same, too. */
  stream<const R extends Route>(
    route: R,
    request: RequestOf<R>,
    heard: (event: EventOf<R>) => void,
  ): Promise<Result<ResponseOf<R>, ApiFailure>>;
}

export interface ApiOptions {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** In front of every path: `/api`. */
  base: string;
  /** A valid access token or a key, or `undefined` if nobody is signed in. `fresh` asks for a renewed token. */
  token(fresh?: boolean): Promise<Credential | undefined>;
  /** The one at hand: a page that goes away waits for nothing. */
  tokenNow?(): Credential | undefined;
}

interface AnyRequest {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
  ifMatch?: string;
  signal?: AbortSignal;
  keepalive?: boolean;
}

export function createApi(options: ApiOptions): Api {
  async function send(route: Route, request: AnyRequest, fresh: boolean, accept: string): Promise<Response> {
    const headers: Record<string, string> = { accept };
    const atHand = request.keepalive ? options.tokenNow?.() : undefined;
    const token = route.permission === 'public' ? undefined : (atHand ?? (await options.token(fresh)));
    if (typeof token === 'string') headers.authorization = `Bearer ${token}`;
    else if (token) headers['x-api-key'] = token.apiKey;
    if (request.body !== undefined) headers['content-type'] = 'application/json';
    if (request.ifMatch !== undefined) headers['if-match'] = `"${request.ifMatch}"`;
    return options.fetch(options.base + urlOf(route, request), {
      method: route.method,
      headers,
      body: request.body === undefined ? null : JSON.stringify(request.body),
      signal: request.signal ?? null,
      ...(request.keepalive && { keepalive: true }),
      // In a browser, lists wait for a connection behind what somebody opens or does.
      ...(request.query && 'limit' in request.query && { priority: 'low' }),
    });
  }

  async function ask(route: Route, request: AnyRequest, accept: string): Promise<Response> {
    const response = await send(route, request, false, accept);
    // An access token may have expired between renewals: try once with a fresh one.
    return response.status === 401 && route.permission !== 'public'
      ? send(route, request, true, accept)
      : response;
  }

  return {
    async call<R extends Route>(route: R, request: AnyRequest = {}) {
      try {
        const response = await ask(route, request, 'application/json');
        if (!response.ok) return failed(await failureOf(response.json(), response.status));
        if (!route.response || response.status === 204) return ok(undefined as ResponseOf<R>);
        return ok((await response.json()) as ResponseOf<R>);
      } catch (error) {
        return failed(unreachable(error));
      }
    },
    async stream<R extends Route>(route: R, request: AnyRequest, heard: (event: EventOf<R>) => void) {
      try {
        const response = await ask(route, request, 'text/event-stream');
        if (!response.ok) return failed(await failureOf(response.json(), response.status));
        for await (const { event, data } of eventsOf(response)) {
          if (event === 'error') return failed(await failureOf(parsed(data), response.status));
          const told = await parsed(data);
          if (event === route.answerEvent) return ok(told as ResponseOf<R>);
          heard({ event, data: told } as EventOf<R>);
        }
        return failed({
          code: 'UNREACHABLE',
          status: 0,
          message: 'Expected the whole answer from the server, but the connection broke off.',
        });
      } catch (error) {
        return failed(unreachable(error));
      }
    },
  } as Api;
}

async function* eventsOf({ body }: Response): AsyncGenerator<EventSourceMessage> {
  if (!body) return;
  const reader = body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

async function parsed(text: string): Promise<unknown> {
  return JSON.parse(text);
}

function unreachable(error: unknown): ApiFailure {
  return {
    code: 'UNREACHABLE',
    status: 0,
    message: `Expected an answer from the server, but the connection failed (${error instanceof Error ? error.message : String(error)})`,
  };
}

function urlOf(route: Route, request: AnyRequest): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(request.params?.[name] ?? ''),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

async function failureOf(body: Promise<unknown>, status: number): Promise<ApiFailure> {
  const parsed = errorBody.safeParse(await body.catch(() => undefined));
  if (parsed.success) {
    const { error_code, message, details, request_id } = parsed.data;
    return { code: error_code, status, message, details, requestId: request_id };
  }
  return {
    code: 'INTERNAL',
    status,
    message: `Expected the error shape of the API, but got status ${status} without it`,
  };
}
