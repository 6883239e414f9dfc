import { Readable } from 'node:stream';
import type { Request } from 'express';
import type { Route } from '../api/index.ts';
import { route } from '../api/route.ts';
import type { Exchange } from '../pipeline/exchange.ts';

/** A request on its way, without a server. */
export function exchangeOf(
  row: Partial<Route>,
  { headers = {}, body = '' }: { headers?: Record<string, string>; body?: string | (string | Buffer)[] } = {},
): Exchange {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  const request = Object.assign(
    Readable.from([body].flat().map((part) => (typeof part === 'string' ? Buffer.from(part) : part))),
    {
      headers: lower,
      get: (name: string) => lower[name.toLowerCase()],
      is: (type: string) => (lower['content-type']?.startsWith(type) ? type : false),
    },
  ) as unknown as Request;
  return {
    row: route({
      method: 'POST',
      path: '/x',
      summary: '',
      permission: 'signedIn',
      status: 200,
      errors: [],
      ...row,
    }),
    operation: 'things.touch',
    requestId: 'r',
    audit: {},
    request,
    address: '127.0.0.1',
    params: {},
    query: {},
    body: undefined,
    answerHeaders: {},
    afterwards: [],
    signal: new AbortController().signal,
  };
}
