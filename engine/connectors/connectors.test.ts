import { failed, type JsonObject, ok } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type ConnectorWorld,
  connectorFeel,
  connectors,
  createConnectorHandler,
  errorExpressions,
} from './index.ts';

const never = new AbortController().signal;

let requests: { url: string; method: string; headers: Record<string, string>; body: string | null }[];
let answer: () => Response;
let published: JsonObject[];
let timers: (() => void)[];
let world: ConnectorWorld;

beforeEach(() => {
  requests = [];
  published = [];
  timers = [];
  answer = () => Response.json({ id: 7, name: 'Eva' });
  world = {
    feel: connectorFeel(),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push({
        url: request.url,
        method: request.method,
        headers: Object.fromEntries(request.headers),
        body: request.body && (await request.text()),
      });
      return answer();
    },
    granted: async () => ({ network: ['api.example.com', 'id.example.com'], secrets: ['CRM_KEY'] }),
    secret: async (_tenantId, name) => (name === 'CRM_KEY' ? 'sk-12345' : undefined),
    engine: {
      commands: {
        publishMessage: async (tenantId, message) => {
          published.push({ tenantId, ...message });
          return ok({ key: '9' });
        },
      },
    },
    now: () => 0,
    schedule: (_ms, callback) => {
      timers.push(callback);
      return () => {};
    },
  };
});

const jobOf = (variables: JsonObject, headers: Job['headers'] = {}): Job => ({
  key: '7',
  type: '',
  tenantId: 'acme',
  processInstanceKey: '1',
  processDefinitionKey: '2',
  kind: 'BPMN_ELEMENT',
  listenerEventType: 'UNSPECIFIED',
  bpmnProcessId: 'p',
  elementId: 'Ask',
  elementInstanceKey: '3',
  headers,
  variables,
  retries: 3,
  deadline: 0,
});
const run = (type: keyof typeof connectors, variables: JsonObject, headers?: Job['headers']) =>
  createConnectorHandler(connectors[type], world)(jobOf(variables, headers), never);
const ask = (variables: JsonObject, headers?: Job['headers']) =>
  run('io.camunda:http-json:1', { url: 'https://api.example.com/users', ...variables }, headers);

describe('a request of a model made elsewhere', () => {
  it('takes what its result expression says out of the answer', async () => {
    const outcome = await ask(
      { method: 'get', queryParameters: { q: 'a b', tag: ['x', 'y'] } },
      {
        resultVariable: 'whole',
        resultExpression: '={ user: response.body.name, ok: response.status = 200 }',
      },
    );

    expect(outcome).toMatchObject({
      kind: 'complete',
      variables: { user: 'Eva', ok: true, whole: { status: 200, body: { id: 7 } } },
    });
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: 'https://api.example.com/users?q=a+b&tag=x&tag=y',
    });
  });

  it('sends a body as JSON, without what is null where that is asked for', async () => {
    await ask({ method: 'POST', body: { a: 1, b: null, c: [{ d: null }] }, ignoreNullValues: 'true' });

    expect(requests[0]).toMatchObject({ method: 'POST', body: '{"a":1,"c":[{}]}' });
    expect(requests[0]?.headers['content-type']).toBe('application/json');
  });

  it.each([
    [{ type: 'bearer', token: 'T' }, { authorization: 'Bearer T' }],
    [{ type: 'basic', username: 'ada', password: 'pw' }, { authorization: 'Basic YWRhOnB3' }],
    [{ type: 'apiKey', apiKeyLocation: 'headers', name: 'x-key', value: 'K' }, { 'x-key': 'K' }],
  ])('says who asks: %j', async (authentication, headers) => {
    await ask({ authentication });

    expect(requests[0]?.headers).toMatchObject(headers);
  });

  it('gets itself a token where the model says so', async () => {
    const answers = [Response.json({ access_token: 'T-1' }), Response.json({})];
    answer = () => answers.shift()!;
    await ask({
      authentication: {
        type: 'oauth-client-credentials-flow',
        oauthTokenEndpoint: 'https://id.example.com/token',
        clientId: 'baton',
        clientSecret: '{{secrets.CRM_KEY}}',
        clientAuthentication: 'credentialsBody',
      },
    });

    expect(requests[0]?.body).toBe('grant_type=client_credentials&client_id=baton&client_secret=sk-12345');
    expect(requests[1]?.headers.authorization).toBe('Bearer T-1');
  });

  it('goes to no host that is not granted', async () => {
    expect(await ask({ url: 'https://evil.example.org/' })).toEqual({
      kind: 'fail',
      retries: 0,
      message:
        'NOT_GRANTED: Expected requests to evil.example.org to be granted to the tool http.request, but an admin has not granted it yet',
    });
    expect(requests).toEqual([]);
  });

  it('has secrets that are granted, and never repeats them', async () => {
    answer = () => Response.json({ echoed: 'Bearer sk-12345' });
    const outcome = await ask(
      { authentication: { type: 'bearer', token: '{{secrets.CRM_KEY}}' } },
      { resultExpression: '={ said: response.body.echoed }' },
    );

    expect(requests[0]?.headers.authorization).toBe('Bearer sk-12345');
    expect(outcome).toMatchObject({ variables: { said: 'Bearer •••' } });
  });

  it.each([
    ['one that is not granted', { authentication: { token: '{{secrets.OTHER}}' } }, 'NOT_GRANTED'],
    [
      'one that a model writes into its arguments',
      { toolCall: { q: '{{secrets.CRM_KEY}}' }, url: 'https://api.example.com/{{secrets.CRM_KEY}}' },
      'SECRET_REFUSED',
    ],
  ])('has no secret: %s', async (_what, variables, code) => {
    const outcome = await ask(variables as JsonObject);

    expect(outcome).toMatchObject({ kind: 'fail', retries: 0 });
    expect(outcome.kind === 'fail' && outcome.message.startsWith(code)).toBe(true);
    expect(requests).toEqual([]);
  });

  it.each([
    ['http://user:pw@api.example.com/', 'without a user'],
    ['file:///etc/passwd', 'with https: or http:'],
    ['nonsense', 'an address like'],
  ])('is none: %s', async (url, message) => {
    const outcome = await ask({ url });

    expect(outcome.kind === 'fail' && outcome.message).toContain(message);
  });

  it('that is answered by an error of the server is tried again later, as often as the model says', async () => {
    answer = () => new Response('busy', { status: 503 });

    expect(await ask({}, { retryBackoff: 'PT30S' })).toMatchObject({
      kind: 'fail',
      backoff: 30_000,
      message: expect.stringContaining('503'),
    });
    answer = () => new Response('no', { status: 404 });
    expect(await ask({})).toMatchObject({ kind: 'fail', retries: 0 });
  });

  it.each([
    [
      '=if error.code = "404" then bpmnError("GONE", "Nobody there") else null',
      { kind: 'bpmnError', code: 'GONE' },
    ],
    [
      '=jobError("Later", {a: 1}, 5, @"PT10S")',
      { kind: 'fail', message: 'Later', retries: 5, backoff: 10_000 },
    ],
    ['=ignoreError({user: null})', { kind: 'complete', variables: { user: null } }],
    ['=error.variables.response.status = 200', { kind: 'fail', retries: 0 }],
    ['=oops(', { kind: 'fail', message: expect.stringContaining('errorExpression') }],
  ])('has its error judged by the model: %s', async (errorExpression, outcome) => {
    answer = () => new Response('no', { status: 404 });

    expect(await ask({}, { errorExpression })).toMatchObject(outcome);
  });

  it('that nobody answers ends in time', async () => {
    world.fetch = (_input, init) =>
      new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))),
      );
    const asked = ask({ connectionTimeoutInSeconds: '2', readTimeoutInSeconds: 3 });
    while (timers.length === 0) await Promise.resolve();
    timers[0]?.();

    expect(await asked).toMatchObject({
      kind: 'fail',
      message: '408: Expected an answer of api.example.com within 5 s, but there was none',
    });
  });

  it('keeps in the process what would be a document', async () => {
    answer = () => new Response('<h1>Hello</h1>', { headers: { 'content-type': 'text/html' } });
    const outcome = await ask({ storeResponse: true }, { resultExpression: '={ page: response.document }' });

    expect(outcome).toMatchObject({
      variables: { page: { metadata: { contentType: 'text/html' }, content: '<h1>Hello</h1>' } },
    });
  });
});

describe('a message', () => {
  it('goes to whoever of the same tenant waits for it, once however often the job comes', async () => {
    const outcome = await run(
      'io.camunda:sendMessage:1',
      {
        messageName: 'order-checked',
        correlationKey: 'HP-1',
        variables: { ok: true },
        correlationType: { type: 'publish', timeToLive: 'PT1M' },
      },
      { resultExpression: '={ key: response.messageKey }' },
    );

    expect(published).toEqual([
      {
        tenantId: 'acme',
        name: 'order-checked',
        correlationKey: 'HP-1',
        timeToLive: 60_000,
        messageId: 'job-7',
        variables: { ok: true },
      },
    ]);
    expect(outcome).toEqual({ kind: 'complete', variables: { key: '9' } });
    world.engine.commands.publishMessage = async () => failed({ code: 'ALREADY_EXISTS', message: 'known' });
    expect(await run('io.camunda:sendMessage:1', { messageName: 'order-checked' })).toMatchObject({
      kind: 'complete',
    });
  });

  it('without a name is none; an engine that is away is asked again', async () => {
    expect(await run('io.camunda:sendMessage:1', {})).toMatchObject({ kind: 'fail', retries: 0 });
    world.engine.commands.publishMessage = async () => failed({ code: 'UNAVAILABLE', message: 'away' });
    expect(await run('io.camunda:sendMessage:1', { messageName: 'm' })).toEqual({
      kind: 'fail',
      message: 'UNAVAILABLE: away',
      backoff: 0,
    });
  });
});

it('an error expression judges what any other handler ends with, by its code', async () => {
  const headers = {
    errorExpression: '=if error.code = "BUDGET_EXCEEDED" then bpmnError("TOO_MUCH", error.message) else null',
  };
  const judging = errorExpressions(world);
  const ends = (code: string) =>
    judging(async () => ({ kind: 'bpmnError', code, message: 'Expected less' }))(jobOf({}, headers), never);

  expect(await ends('BUDGET_EXCEEDED')).toEqual({
    kind: 'bpmnError',
    code: 'TOO_MUCH',
    message: 'Expected less',
  });
  expect(await ends('AGENT_LOOP')).toMatchObject({ code: 'AGENT_LOOP' });
});
