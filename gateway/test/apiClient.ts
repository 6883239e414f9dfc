import type { z } from 'zod';
import type { ErrorBody, Route } from '../api/index.ts';

export interface Ask {
  params?: Record<string, string>;
  query?: Record<string, string | number>;
  body?: unknown;
  headers?: Record<string, string>;
}

type Success<R extends Route> = R extends { response: infer S extends z.ZodType } ? z.output<S> : undefined;

export interface Answer<R extends Route> {
  status: number;
  headers: Headers;
  /** Of a success, checked against the row's schema. */
  body: Success<R>;
  error: ErrorBody;
}

export type ApiClient = <R extends Route>(row: R, ask?: Ask) => Promise<Answer<R>>;

/** Calls rows of the table; an answer that does not fit its row fails the test. */
export function apiClient(
  url: string,
  token: string | undefined,
  always: Record<string, string> = {},
): ApiClient {
  return async (row, { params = {}, query = {}, body, headers = {} } = {}) => {
    const path = row.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const response = await fetch(`${url}/api${path}?${search}`, {
      method: row.method,
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...always,
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const document = text === '' ? undefined : JSON.parse(text);
    if (response.ok && response.status !== row.status) {
      throw new Error(
        `Expected ${row.method} ${row.path} to answer ${row.status}, but got ${response.status}`,
      );
    }
    return {
      status: response.status,
      headers: response.headers,
      body: (response.ok && row.response ? row.response.parse(document) : undefined) as never,
      error: document,
    };
  };
}
