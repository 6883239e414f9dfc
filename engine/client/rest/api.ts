import { failed, ok, writeJson } from '@baton/engine/protocol';
import type { EngineClientOptions, EngineFailure, EngineResult } from '../ports.ts';

/** The engine's REST API: JSON in, JSON out, problems as failures. */
export interface RestApi {
  get<T>(path: string): EngineResult<T>;
  getText(path: string): EngineResult<string>;
  post<T>(path: string, body: object): EngineResult<T>;
  delete(path: string): EngineResult<void>;
  close(): void;
}

const TIMEOUT = 20_000;

export function createRestApi(options: EngineClientOptions): RestApi {
  const base = options.restAddress.replace(/\/$/, '');
  const closing = new AbortController();

  async function call<T>(
    method: string,
    path: string,
    read: (response: Response) => Promise<T>,
    body?: object,
  ): EngineResult<T> {
    const abort = new AbortController();
    const cancel = options.schedule(TIMEOUT, () => abort.abort());
    const init: RequestInit = { method, signal: AbortSignal.any([abort.signal, closing.signal]) };
    if (body) {
      init.headers = { 'content-type': 'application/json' };
      init.body = writeJson(body);
    }
    try {
      const response = await options.fetch(`${base}${path}`, init);
      if (!response.ok) return failed(await problemOf(response));
      return ok(await read(response));
    } catch (error) {
      return failed({
        code: abort.signal.aborted ? 'DEADLINE_EXCEEDED' : 'UNAVAILABLE',
        message: `Expected the engine to answer at ${base}, but it did not: ${reasonOf(error)}`,
      });
    } finally {
      cancel();
    }
  }

  const json = async <T>(response: Response) =>
    (response.status === 204 ? undefined : await response.json()) as T;

  return {
    get: <T>(path: string) => call<T>('GET', path, json<T>),
    getText: (path) => call('GET', path, (response) => response.text()),
    post: <T>(path: string, body: object) => call<T>('POST', path, json<T>, body),
    delete: (path) => call<void>('DELETE', path, json<void>),
    close: () => closing.abort(),
  };
}

const codeOfTitle: { [title: string]: EngineFailure['code'] } = {
  INVALID_ARGUMENT: 'INVALID_ARGUMENT',
  NOT_FOUND: 'NOT_FOUND',
  ALREADY_EXISTS: 'ALREADY_EXISTS',
  INVALID_STATE: 'INVALID_STATE',
  RESOURCE_EXHAUSTED: 'RESOURCE_EXHAUSTED',
  FORBIDDEN: 'PERMISSION_DENIED',
};

const codeOfStatus: { [status: number]: EngineFailure['code'] } = {
  400: 'INVALID_ARGUMENT',
  401: 'PERMISSION_DENIED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'INVALID_STATE',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** The one mapper from problem documents to the client's failures. */
async function problemOf(response: Response): Promise<EngineFailure> {
  const text = await response.text();
  let problem: { title?: string; detail?: string } = {};
  try {
    problem = JSON.parse(text);
  } catch {
    // A proxy in between answers with something else than a problem document.
  }
  return {
    code: codeOfTitle[problem.title ?? ''] ?? codeOfStatus[response.status] ?? 'INTERNAL',
    message: problem.detail ?? `The engine answered with status ${response.status}`,
  };
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as { cause?: { code?: string; message?: string }; message?: string };
  return cause?.code ?? cause?.message ?? message ?? String(error);
}
