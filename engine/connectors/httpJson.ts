import { failed, type JsonObject, type JsonValue, ok, type Result } from '@baton/engine/protocol';
import { coveringHost } from '@baton/tools-registry/contract';
import type { Connector, ConnectorError, ConnectorWorld } from './connector.ts';

const methods = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** Headers that say how a connection is used, or whose it is: ours. */
const ours =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|expect|proxy-.*)$/i;
/** Seconds, each for connecting and for reading. */
const TIMEOUT = 20;
/** Characters of an error's body that are told. */
const LONGEST = 500;

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: JsonValue | undefined): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
const isTrue = (value: JsonValue | undefined) => value === true || value === 'true';
const secondsOf = (value: JsonValue | undefined) =>
  Number.isFinite(Number(value ?? Number.NaN)) && Number(value) > 0 ? Number(value) : TIMEOUT;

const wrong = (code: string, message: string, passing = false) =>
  failed<ConnectorError>({ code, message, passing });

interface Request {
  url: URL;
  method: string;
  headers: Headers;
  body: string | undefined;
  /** ms. */
  timeout: number;
}

/** The job type `io.camunda:http-json:1`: one HTTP request to a granted host; redirects are answers, not followed. */
export const httpJson: Connector = {
  secretsIn: ['authentication', 'headers', 'queryParameters', 'url'],
  async run(input, { tenantId }, world, signal) {
    const request = readRequest(input);
    if (!request.ok) return request;
    const authorized = await authorize(request.value, input.authentication, tenantId, world, signal);
    if (!authorized.ok) return authorized;
    const answer = await send(request.value, tenantId, world, signal);
    if (!answer.ok) return answer;
    const { status, headers, text } = answer.value;
    const body = readBody(text, headers['content-type'] ?? '');
    if (status >= 400) {
      const message = `Expected an answer of ${request.value.url.host}, but it said ${status}: ${text.slice(0, LONGEST)}`;
      return failed({
        code: `${status}`,
        message,
        variables: { response: { status, headers, body } },
        passing: status >= 500 || status === 408 || status === 429,
      });
    }
    const metadata = { contentType: headers['content-type'] ?? '', size: text.length };
    return ok({
      status,
      headers,
      body,
      // There is no store of documents beside the process: what would be one is kept in it.
      ...(isTrue(input.storeResponse) && { document: { metadata, content: body } }),
    });
  },
};

function readRequest(input: JsonObject): Result<Request, ConnectorError> {
  const address = textOf(input.url);
  if (!URL.canParse(address)) {
    return wrong(
      'REQUEST_INVALID',
      `Expected an address like https://api.example.com/path, but got '${address.slice(0, 200)}'`,
    );
  }
  const url = new URL(address);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return wrong('REQUEST_INVALID', `Expected an address with https: or http:, but it has ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    return wrong('REQUEST_INVALID', 'Expected an address without a user and password, but it has them');
  const method = (textOf(input.method) || 'GET').toUpperCase();
  if (!methods.has(method))
    return wrong(
      'REQUEST_INVALID',
      `Expected one of ${[...methods].join(', ')}, but got '${method.slice(0, 40)}'`,
    );
  if (isObject(input.queryParameters)) {
    for (const [name, value] of Object.entries(input.queryParameters)) {
      for (const each of Array.isArray(value) ? value : [value])
        if (each !== null) url.searchParams.append(name, textOf(each));
    }
  }
  const headers = new Headers();
  for (const [name, value] of isObject(input.headers) ? Object.entries(input.headers) : []) {
    if (ours.test(name))
      return wrong(
        'REQUEST_INVALID',
        `Expected headers of the request itself, but '${name}' is the connection's`,
      );
    try {
      headers.set(name, textOf(value));
    } catch {
      return wrong(
        'REQUEST_INVALID',
        `Expected headers as HTTP has them, but '${name.slice(0, 80)}' is none`,
      );
    }
  }
  const given = input.body ?? null;
  const sends = method !== 'GET' && given !== null;
  const value = isTrue(input.ignoreNullValues) ? withoutNulls(given) : given;
  if (sends && !headers.has('content-type')) headers.set('content-type', 'application/json');
  return ok({
    url,
    method,
    headers,
    body: sends ? textOf(value) : undefined,
    timeout: (secondsOf(input.connectionTimeoutInSeconds) + secondsOf(input.readTimeoutInSeconds)) * 1_000,
  });
}

function withoutNulls(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(kept.map(([name, item]) => [name, withoutNulls(item)]));
}

/** Says who asks, as the model of the process has it. */
async function authorize(
  { url, headers }: Request,
  authentication: JsonValue | undefined,
  tenantId: string,
  world: ConnectorWorld,
  signal: AbortSignal,
): Promise<Result<void, ConnectorError>> {
  if (!isObject(authentication)) return ok();
  const { type, apiKeyLocation, name, value, username, password, token } = authentication;
  switch (type ?? 'noAuth') {
    case 'noAuth':
      return ok();
    case 'bearer':
      headers.set('authorization', `Bearer ${textOf(token)}`);
      return ok();
    case 'basic': {
      const both = Buffer.from(`${textOf(username)}:${textOf(password)}`).toString('base64');
      headers.set('authorization', `Basic ${both}`);
      return ok();
    }
    case 'apiKey':
      if (apiKeyLocation === 'query') url.searchParams.set(textOf(name), textOf(value));
      else headers.set(textOf(name), textOf(value));
      return ok();
    case 'oauth-client-credentials-flow': {
      const granted = await clientToken(authentication, tenantId, world, signal);
      if (!granted.ok) return granted;
      headers.set('authorization', `Bearer ${granted.value}`);
      return ok();
    }
    default:
      return wrong(
        'REQUEST_INVALID',
        `Expected authentication.type to be noAuth, apiKey, basic, bearer or oauth-client-credentials-flow, but it is '${textOf(type)}'`,
      );
  }
}

/** A token for the client itself (RFC 6749, 4.4). */
async function clientToken(
  given: JsonObject,
  tenantId: string,
  world: ConnectorWorld,
  signal: AbortSignal,
): Promise<Result<string, ConnectorError>> {
  const { oauthTokenEndpoint, clientId, clientSecret, audience, scopes, clientAuthentication } = given;
  const form = new URLSearchParams({ grant_type: 'client_credentials' });
  if (textOf(audience) !== '') form.set('audience', textOf(audience));
  if (textOf(scopes) !== '') form.set('scope', textOf(scopes));
  const inHeader = clientAuthentication === 'basicAuthHeader';
  if (!inHeader) {
    form.set('client_id', textOf(clientId));
    form.set('client_secret', textOf(clientSecret));
  }
  const request = readRequest({ url: oauthTokenEndpoint ?? '', method: 'POST', body: form.toString() });
  if (!request.ok) return request;
  const { headers } = request.value;
  headers.set('content-type', 'application/x-www-form-urlencoded');
  if (inHeader) {
    const both = Buffer.from(`${textOf(clientId)}:${textOf(clientSecret)}`).toString('base64');
    headers.set('authorization', `Basic ${both}`);
  }
  const answer = await send(request.value, tenantId, world, signal);
  if (!answer.ok) return answer;
  const body = readBody(answer.value.text, 'application/json');
  const token = isObject(body) ? textOf(body.access_token) : '';
  if (answer.value.status < 400 && token !== '') return ok(token);
  const { host } = request.value.url;
  return wrong('AUTHENTICATION_FAILED', `Expected a token of ${host}, but it said ${answer.value.status}`);
}

async function send(
  { url, method, headers, body, timeout }: Request,
  tenantId: string,
  world: ConnectorWorld,
  signal: AbortSignal,
): Promise<Result<{ status: number; headers: { [name: string]: string }; text: string }, ConnectorError>> {
  const { network } = await world.granted(tenantId);
  if (coveringHost(network, url) === undefined) {
    return wrong(
      'NOT_GRANTED',
      `Expected requests to ${url.host} to be granted to the tool http.request, but an admin has not granted it yet`,
    );
  }
  const late = new AbortController();
  const cancel = world.schedule(timeout, () => late.abort());
  try {
    const answer = await world.fetch(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([signal, late.signal]),
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    return ok({ status: answer.status, headers: Object.fromEntries(answer.headers), text });
  } catch (error) {
    if (late.signal.aborted)
      return wrong(
        '408',
        `Expected an answer of ${url.host} within ${timeout / 1_000} s, but there was none`,
        true,
      );
    return explained(error, url);
  } finally {
    cancel();
  }
}

/** Why a request was not made or its answer not read; the reason lies below `fetch`'s own words. */
function explained(error: unknown, { host }: URL) {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    const code = (inner as { code?: unknown }).code;
    if (code === 'ADDRESS_REFUSED' || code === 'ANSWER_TOO_LARGE') return wrong(code, inner.message);
    if (typeof code === 'string')
      return wrong('FETCH_FAILED', `Expected an answer of ${host}, but: ${code}`, true);
  }
  const said = error instanceof Error ? error.message : String(error);
  return wrong('FETCH_FAILED', `Expected an answer of ${host}, but: ${said}`, true);
}

/** Read when it is JSON; otherwise the text. */
function readBody(text: string, contentType: string): JsonValue {
  if (text === '') return null;
  if (!/json/i.test(contentType) && !/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
