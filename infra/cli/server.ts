import { CommandFailed } from './command.ts';

/** The product's API, as a program with a key asks it. */
export interface Server {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
}

export interface ServerOptions {
  /** `BATON_URL`. */
  url: string;
  /** `BATON_API_KEY`. */
  apiKey: string | undefined;
  fetch: typeof fetch;
}

export function createServer({ url, apiKey, fetch }: ServerOptions): Server {
  async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    if (!apiKey) throw new CommandFailed('Expected a key of the tenant in BATON_API_KEY, but it is not set');
    let answer: Response;
    try {
      answer = await fetch(new URL(`/api${path}`, url), {
        method,
        headers: { 'x-api-key': apiKey, ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
    } catch (error) {
      const { message, cause } = error as Error & { cause?: Error };
      throw new CommandFailed(
        `Expected the product at ${url} (BATON_URL), but it cannot be reached: ${cause?.message || message}`,
      );
    }
    const text = await answer.text();
    const content = parsed(text);
    if (answer.ok && content !== undefined) return content as T;
    const { error_code: code, message } = (content ?? {}) as { error_code?: string; message?: string };
    throw new CommandFailed(
      code
        ? `${code}: ${message}`
        : `Expected an answer of the product's API, but ${url} says ${answer.status}`,
    );
  }
  return { get: (path) => ask('GET', path), post: (path, body) => ask('POST', path, body) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
