import { coveringHost, declares, type JsonValue } from '../contract/index.ts';
import type { HostAnswer } from '../sandbox/runner.ts';
import { type HostService, refused } from './service.ts';

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Headers that say how a connection is used, or whose it is: ours. */
const ours =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|expect|proxy-.*)$/i;

interface Request {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** `fetch(url, {method, headers, body})`: to granted hosts only; redirects are answers, not followed. */
export const fetchService: HostService = {
  kind: 'fetch',
  what(args) {
    const { url, method = 'GET' } = args as unknown as Request;
    const parsed = URL.canParse(url) ? new URL(url) : undefined;
    return parsed ? `${method} ${parsed.origin}${parsed.pathname}` : `${method} ${url}`.slice(0, 200);
  },
  async answer(args, { world, capabilities, declared }, signal): Promise<HostAnswer> {
    const { url, method = 'GET', headers = {}, body } = args as unknown as Request;
    const wrong = (message: string): HostAnswer => ({ ok: false, code: 'REQUEST_INVALID', message });
    if (!URL.canParse(url))
      return wrong(`Expected an address like https://api.example.com/path, but got '${url.slice(0, 200)}'`);
    const parsed = new URL(url);
    if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:')
      return wrong(`Expected an address with https: or http:, but it has ${parsed.protocol}`);
    if (parsed.username !== '' || parsed.password !== '')
      return wrong('Expected an address without a user and password, but it has them; send a header instead');
    if (coveringHost(capabilities.network, parsed) === undefined) {
      const isDeclared =
        declares(declared.network, parsed.host) || coveringHost(declared.network, parsed) !== undefined;
      return refused(`requests to ${parsed.host}`, isDeclared);
    }
    const verb = method.toUpperCase();
    if (!methods.has(verb))
      return wrong(`Expected one of ${[...methods].join(', ')}, but got '${method.slice(0, 40)}'`);
    const reserved = Object.keys(headers).find((name) => ours.test(name));
    if (reserved)
      return wrong(`Expected headers of the request itself, but '${reserved}' is set by the connection`);
    try {
      const answer = await world.fetch(parsed, {
        method: verb,
        headers,
        signal,
        ...(body !== undefined && { body }),
      });
      const text = await answer.text();
      const named: JsonValue = Object.fromEntries(answer.headers);
      return { ok: true, value: { status: answer.status, headers: named, body: text } };
    } catch (error) {
      return { ok: false, ...explained(error, parsed) };
    }
  },
  outcome: (value) => String((value as { status?: number }).status),
};

/** Why a request was not made or its answer not read; the reason lies below `fetch`'s own words. */
function explained(error: unknown, { host }: URL): { code: string; message: string } {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const code = (inner as { code?: unknown }).code;
    if (code === 'ADDRESS_REFUSED' || code === 'ANSWER_TOO_LARGE') return { code, message: inner.message };
    if (typeof code === 'string')
      return { code: 'FETCH_FAILED', message: `Expected an answer of ${host}, but: ${code}` };
  }
  const said = error instanceof Error ? error.message : String(error);
  return { code: 'FETCH_FAILED', message: `Expected an answer of ${host}, but: ${said}` };
}
