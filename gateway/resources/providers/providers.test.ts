import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Provider, type Route, table } from '../../api/index.ts';
import { createOutbound, createSecrets, secretKey } from '../../index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const planted = 'sk-planted-4711-abcdefgh';

let running: Running;
let token: Awaited<ReturnType<typeof tokenMaker>>;
let admin: ApiClient;
let designer: ApiClient;
const keys = { old: secretKey(randomBytes(32)), next: secretKey(randomBytes(32)) };

beforeAll(async () => {
  running = await startGateway({ secrets: createSecrets([keys.old], randomBytes) });
  token = await tokenMaker(running.store, running.gateway.issuer);
  admin = apiClient(running.url, await token({ sub: 'admin', roles: ['admin'] }));
  designer = apiClient(running.url, await token({ sub: 'designer', roles: ['designer'] }));
});
afterAll(() => running.stop());

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
});

/** A server of models on this machine. */
async function serve(listener: RequestListener): Promise<{ url: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    seen.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const json =
  (body: unknown, status = 200): RequestListener =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const openaiModels = json({ object: 'list', data: [{ id: 'gpt-4.1-mini' }, { id: 'gpt-4.1' }] });
const ollamaModels = json({ models: [{ name: 'qwen2.5:7b' }, { name: 'llama3.1:8b' }] });

let count = 0;
const newName = () => `provider ${++count}`;
const match = { headers: { 'if-match': '*' } };

/** The provider once its check has ended. */
async function settled(id: string, client = admin): Promise<Provider> {
  for (;;) {
    const { body } = await client(table.providers.get, { params: { id } });
    if (body.validation_status !== 'validating') return body;
    await new Promise(setImmediate);
  }
}
async function added(body: object): Promise<Provider> {
  const made = await admin(table.providers.create, { body: { name: newName(), ...body } });
  if (made.status !== 201) throw new Error(JSON.stringify(made.error));
  return made.body;
}
const checked = async (body: object) => settled((await added(body)).id);

/** Follows the topic `providers` of acme. */
async function follow() {
  const socket = new WebSocket(`${running.url.replace('http', 'ws')}/ws`, [
    'baton',
    `bearer.${await token({ sub: 'watcher', roles: ['viewer'] })}`,
  ]);
  const events: { change: string; id: string; validation_status: string; validation_message: string }[] = [];
  const subscribed = new Promise<void>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (message.type === 'subscribed') resolve();
      if (message.type === 'event') events.push(message.data);
    });
  });
  await new Promise((resolve) => socket.on('open', resolve));
  socket.send(JSON.stringify({ type: 'subscribe', topic: 'providers' }));
  await subscribed;
  return {
    events,
    async until(change: string, status: string) {
      while (!events.some((event) => event.change === change && event.validation_status === status))
        await new Promise((resolve) => socket.once('message', resolve));
    },
    close: () => socket.close(),
  };
}

describe('a provider', () => {
  it('is saved at once, is asked meanwhile, and everybody who follows is told', async () => {
    const { url, seen } = await serve(openaiModels);
    const [one, two] = [await follow(), await follow()];
    const name = newName();

    const made = await admin(table.providers.create, {
      body: { name, type: 'openai-compatible', base_url: `${url}/v1/`, api_key: planted },
    });

    expect(made.body).toEqual({
      id: expect.any(String),
      name,
      type: 'openai-compatible',
      base_url: `${url}/v1`,
      has_api_key: true,
      api_key_changed_at: expect.any(String),
      prices: [],
      scenario: null,
      models: [],
      validation_status: 'validating',
      validation_code: '',
      validation_message: '',
      validated_at: null,
      agents: 0,
      hash: expect.any(String),
      created_at: expect.any(String),
      updated_at: expect.any(String),
      updated_by: 'admin',
    });
    expect(made.headers.get('etag')).toBe(`"${made.body.hash}"`);
    await Promise.all([one, two].map((each) => each.until('validation_update', 'connected')));
    expect(await settled(made.body.id)).toEqual({
      ...made.body,
      models: ['gpt-4.1-mini', 'gpt-4.1'],
      validation_status: 'connected',
      validated_at: expect.any(String),
    });
    expect(seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/v1/models', `Bearer ${planted}`],
    ]);
    for (const { events, close } of [one, two]) {
      expect(events.map(({ change, id, validation_status }) => [change, id, validation_status])).toEqual([
        ['created', made.body.id, 'validating'],
        ['validation_update', made.body.id, 'connected'],
      ]);
      close();
    }
  });

  it('of each type is asked in its own way', async () => {
    const ollama = await serve(ollamaModels);
    const anthropic = await serve(json({ data: [{ type: 'model', id: 'claude-sonnet-4-5' }] }));
    const openai = await serve(openaiModels);

    const of = async (body: object) => {
      const { validation_status, models } = await checked(body);
      return [validation_status, ...models];
    };
    expect(await of({ type: 'ollama', base_url: ollama.url })).toEqual([
      'connected',
      'qwen2.5:7b',
      'llama3.1:8b',
    ]);
    expect(await of({ type: 'anthropic', base_url: anthropic.url, api_key: planted })).toEqual([
      'connected',
      'claude-sonnet-4-5',
    ]);
    expect(await of({ type: 'openai', base_url: openai.url, api_key: planted })).toEqual([
      'connected',
      'gpt-4.1-mini',
      'gpt-4.1',
    ]);
    expect(await of({ type: 'mock' })).toEqual(['connected', 'mock-1']);
    expect(ollama.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/api/tags', undefined],
    ]);
    expect(
      anthropic.seen.map(({ url, headers }) => [url, headers['x-api-key'], headers['anthropic-version']]),
    ).toEqual([['/v1/models?limit=1000', planted, '2023-06-01']]);
    expect(openai.seen.map(({ url }) => url)).toEqual(['/v1/models']);
  });

  it.each<[string, RequestListener, string, RegExp]>([
    [
      'does not take the key',
      json({ error: `bad ${planted}` }, 401),
      'KEY_REFUSED',
      /does not take the API key/,
    ],
    [
      'redirects',
      (_request, response) => response.writeHead(301, { location: 'https://elsewhere.example/' }).end(),
      'REDIRECTED',
      /127\.0\.0\.1:\d+ redirects to elsewhere\.example/,
    ],
    [
      'answers with a web page',
      (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'ANSWER_INVALID',
      /a web page/,
    ],
    ['answers something else', json({ hello: 1 }), 'ANSWER_INVALID', /is the type right/],
    ['has nothing there', json({}, 404), 'ANSWER_INVALID', /is the address right/],
    ['fails', json({}, 500), 'SERVER_ERROR', /failed \(status 500\)/],
    ['is asked too often', json({}, 429), 'RATE_LIMITED', /too many requests/],
    [
      'answers two gigabytes',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 2 * 1024 ** 3 });
        const pour = () => {
          while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024, ' ')));
          response.once('drain', pour);
        };
        pour();
      },
      'ANSWER_TOO_LARGE',
      /too large/,
    ],
    ['breaks off', (request) => request.socket.destroy(), 'UNREACHABLE', /broke off/],
  ])(
    'that %s is told apart, in words for people and without the key',
    async (_what, listener, code, words) => {
      const { url } = await serve(listener);
      const provider = await checked({ type: 'openai', base_url: url, api_key: planted });
      expect([provider.validation_status, provider.validation_code, provider.validation_message]).toEqual([
        'error',
        code,
        expect.stringMatching(words),
      ]);
      expect(provider.validation_message).toMatch(
        /^Expected the list of models from GET http.*\/v1\/models, but /,
      );
      expect(JSON.stringify(provider)).not.toContain(planted);
    },
  );

  it('that nobody runs, or that asks for a key nobody gave, is told apart', async () => {
    const { url } = await serve(json({}, 401));
    expect(await checked({ type: 'openai-compatible', base_url: url })).toMatchObject({
      validation_status: 'error',
      validation_code: 'KEY_MISSING',
    });
    expect(await checked({ type: 'ollama', base_url: url })).toMatchObject({
      validation_code: 'ANSWER_INVALID',
      validation_message: expect.stringMatching(/and Ollama takes none; is the type right\?$/),
    });
    const closed = await serve(ollamaModels);
    await new Promise((done) => servers.pop()!.close(done));
    expect(await checked({ type: 'ollama', base_url: 'http://127.0.0.1:1' })).toMatchObject({
      validation_message: expect.stringContaining('is not one for web requests'),
    });
    expect(await checked({ type: 'ollama', base_url: closed.url })).toMatchObject({
      validation_status: 'error',
      validation_code: 'UNREACHABLE',
      validation_message: expect.stringContaining('refused the connection'),
    });
    expect(await checked({ type: 'ollama', base_url: 'http://nowhere.invalid' })).toMatchObject({
      validation_code: 'UNREACHABLE',
      validation_message: expect.stringContaining('there is no host of the name nowhere.invalid'),
    });
  });

  it('that hangs is given up before five seconds are over', async () => {
    const { url, seen } = await serve(() => {});
    const { id } = await added({ type: 'ollama', base_url: url });
    while (seen.length === 0) await new Promise(setImmediate);
    running.clock.advance(4_000);
    expect(await settled(id)).toMatchObject({
      validation_status: 'error',
      validation_code: 'TIMEOUT',
      validation_message: expect.stringMatching(/did not answer within 4 s$/),
    });
  });

  it('is checked again when somebody asks, and its models are told as they are now', async () => {
    let up = false;
    const { url } = await serve((request, response) =>
      (up ? ollamaModels : json({}, 503))(request, response),
    );
    const prices = [{ model: 'qwen2.5:7b', input: 0.1, cached_input: 0.01, output: 0.3 }];
    const { id } = await checked({ type: 'ollama', base_url: url, prices });
    expect((await admin(table.providers.models, { params: { id } })).error).toMatchObject({
      error_code: 'PROVIDER_UNAVAILABLE',
      details: { code: 'SERVER_ERROR' },
    });
    up = true;
    const again = await admin(table.providers.validate, { params: { id } });
    expect([again.status, again.body.validation_status]).toEqual([202, 'validating']);
    expect((await settled(id)).validation_status).toBe('connected');
    expect((await admin(table.providers.models, { params: { id } })).body).toEqual({
      items: [
        { name: 'qwen2.5:7b', price: prices[0] },
        { name: 'llama3.1:8b', price: null },
      ],
      total: 2,
    });
  });

  it('has a name of its own in its tenant', async () => {
    const { id, name } = await checked({ type: 'mock' });
    const again = await admin(table.providers.create, { body: { name, type: 'mock' } });
    expect([again.status, again.error.error_code]).toEqual([409, 'ALREADY_EXISTS']);
    const renamed = await admin(table.providers.update, { params: { id }, body: { name: 'mock' }, ...match });
    expect([renamed.status, renamed.error.error_code]).toEqual([409, 'ALREADY_EXISTS']);
  });

  it('needs what its type needs', async () => {
    const wrong = async (body: object) => {
      const { status, error } = await admin(table.providers.create, { body: { name: newName(), ...body } });
      return [status, (error.details as { issues: { path: string[] }[] }).issues[0]?.path.at(-1)];
    };
    expect(await wrong({ type: 'ollama' })).toEqual([400, 'base_url']);
    expect(await wrong({ type: 'openai' })).toEqual([400, 'api_key']);
    expect(await wrong({ type: 'anthropic' })).toEqual([400, 'api_key']);
    expect(await wrong({ type: 'openai-compatible' })).toEqual([400, 'base_url']);
    expect(await wrong({ type: 'mock', api_key: planted })).toEqual([400, 'api_key']);
    expect(await wrong({ type: 'cohere' })).toEqual([400, 'type']);
    for (const base_url of [
      'nonsense',
      'file:///etc/passwd',
      'http://user:pass@host',
      'https://host/v1?key=1',
    ])
      expect(await wrong({ type: 'ollama', base_url })).toEqual([400, 'base_url']);
    expect(await wrong({ type: 'openai', api_key: 'two\r\nlines' })).toEqual([400, 'api_key']);
    expect(await wrong({ name: '../x', type: 'mock' })).toEqual([400, 'name']);
    expect(await wrong({ name: 'x'.repeat(300), type: 'mock' })).toEqual([400, 'name']);
  });
});

describe('an address of our own network', () => {
  it('is refused, unless the administrator of the installation allows it', async () => {
    const { url, seen } = await serve(ollamaModels);
    const outbound = createOutbound({
      allowed: [],
      resolve: (_host, _options, answer) => answer(null, [{ address: '10.0.0.5', family: 4 }]),
      advice: 'an administrator of the installation allows it with PROVIDER_NETWORKS',
    });
    const strict = await startGateway({ outbound });
    try {
      const client = apiClient(strict.url, await (await tokenMaker(strict.store, strict.gateway.issuer))({}));
      for (const base_url of [
        url,
        'http://169.254.169.254',
        'http://[::1]:11434',
        'http://ollama.internal',
      ]) {
        const { status, error } = await client(table.providers.create, {
          body: { name: newName(), type: 'ollama', base_url },
        });
        expect([status, error.error_code]).toEqual([400, 'VALIDATION_FAILED']);
        expect(error.message).toMatch(
          /^Expected an address on the public internet, but .* allows it with PROVIDER/,
        );
      }
      expect(seen).toEqual([]);
    } finally {
      await strict.stop();
      await outbound.close();
    }
  });
});

describe('a change of a provider', () => {
  it('keeps the key that is saved, and takes another or none', async () => {
    const { url, seen } = await serve(openaiModels);
    const made = await checked({ type: 'openai-compatible', base_url: url, api_key: planted });
    const change = async (
      row: typeof table.providers.update | typeof table.providers.replace,
      body: object,
    ) => {
      const saved = await admin(row, { params: { id: made.id }, body, ...match });
      if (saved.status !== 200) throw new Error(JSON.stringify(saved.error));
      expect(saved.body.validation_status).toBe('validating');
      return settled(made.id);
    };
    const renamed = await change(table.providers.update, { name: newName() });
    expect(renamed).toMatchObject({ has_api_key: true, api_key_changed_at: made.api_key_changed_at });
    await change(table.providers.replace, { name: made.name, type: 'openai-compatible', base_url: url });
    await change(table.providers.update, { api_key: 'sk-another-key' });
    expect((await change(table.providers.update, { api_key: null })).has_api_key).toBe(false);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      `Bearer ${planted}`,
      `Bearer ${planted}`,
      `Bearer ${planted}`,
      'Bearer sk-another-key',
      undefined,
    ]);
  });

  it('to another server asks for the key again: who does not know it cannot have it sent elsewhere', async () => {
    const home = await serve(openaiModels);
    const thief = await serve(openaiModels);
    const { id } = await checked({ type: 'openai', base_url: home.url, api_key: planted });
    for (const body of [{ base_url: thief.url }, { base_url: null }, { type: 'openai-compatible' }]) {
      const { status, error } = await admin(table.providers.update, { params: { id }, body, ...match });
      expect([status, error.message]).toEqual([400, expect.stringMatching(/^Expected the API key again/)]);
    }
    const known = { base_url: thief.url, api_key: 'sk-of-the-other' };
    expect((await admin(table.providers.update, { params: { id }, body: known, ...match })).status).toBe(200);
    await settled(id);
    expect(thief.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-of-the-other']);
  });

  it('by two at once is saved once, and the other one sees both sides', async () => {
    const made = await checked({ type: 'mock' });
    const ask = (prices: object[]) =>
      admin(table.providers.update, {
        params: { id: made.id },
        body: { prices },
        headers: { 'if-match': `"${made.hash}"` },
      });
    const price = (model: string) => ({ model, input: 1, output: 2 });
    expect((await ask([price('a')])).status).toBe(200);
    const second = await ask([price('b')]);
    expect([second.status, second.error.error_code]).toEqual([412, 'VERSION_CONFLICT']);
    expect(second.error.details).toMatchObject({
      yours: { base: made.hash, prices: [price('b')] },
      theirs: { author: 'admin', prices: [price('a')] },
    });
    const careless = await admin(table.providers.update, { params: { id: made.id }, body: {} });
    expect(careless.status).toBe(428);
  });
});

describe('agents', () => {
  const agent = (provider: string) => ({ provider, model: 'one', systemPrompt: 'Classify.' });

  it('name only providers of their tenant that can be chosen', async () => {
    const { id, name } = await checked({ type: 'mock' });
    const make = (provider: string) =>
      designer(table.agents.create, { body: { name: `agent-${++count}`, content: agent(provider) } });
    const made = await make(name);
    expect((await make('mock')).status).toBe(201);
    expect((await make('nobody')).error).toMatchObject({
      error_code: 'NOT_FOUND',
      message: "Expected a provider of this tenant, but there is none named 'nobody'",
    });
    expect((await admin(table.providers.get, { params: { id } })).body.agents).toBe(1);
    const renamed = await admin(table.providers.update, {
      params: { id },
      body: { name: newName() },
      ...match,
    });
    expect([renamed.status, renamed.error.error_code]).toEqual([409, 'IN_USE']);

    expect((await admin(table.providers.delete, { params: { id } })).status).toBe(204);
    expect((await admin(table.providers.get, { params: { id } })).status).toBe(404);
    expect((await make(name)).error).toMatchObject({ error_code: 'INVALID_STATE' });
    // The agent that names it goes on.
    expect(await running.gateway.provider('acme', name)).toMatchObject({ id, name, type: 'mock' });
    expect(await running.gateway.provider('globex', name)).toBeUndefined();

    const ask = { params: { id: made.body.id }, body: { content: agent('mock') }, ...match };
    expect((await designer(table.agents.update, ask)).status).toBe(200);
    while (await running.gateway.provider('acme', name)) await new Promise(setImmediate);
  });

  it('begin with the mock, which whoever wants to may delete', async () => {
    const own = apiClient(running.url, await token({ sub: 'g', tenant: 'globex', roles: ['admin'] }));
    const listed = await own(table.providers.list);
    expect(listed.body).toMatchObject({
      items: [{ name: 'mock', type: 'mock', validation_status: 'connected' }],
      total: 1,
    });
    await own(table.providers.delete, { params: { id: listed.body.items[0]!.id } });
    expect((await own(table.providers.list)).body.total).toBe(0);
  });
});

describe('the provider of the installation', () => {
  it('is every tenant’s, follows the configuration, and stays as a tenant changed it', async () => {
    const [first, second] = [await serve(openaiModels), await serve(openaiModels)];
    const installed = (baseUrl: string) => ({
      name: 'openai-compatible',
      type: 'openai-compatible' as const,
      baseUrl: `${baseUrl}/v1`,
      apiKey: planted,
    });
    /** What the provider is in a gateway configured so. */
    const startedWith = async (
      baseUrl: string,
      change?: (client: ApiClient, id: string) => Promise<unknown>,
    ) => {
      const started = await startGateway({
        store: running.store,
        secrets: createSecrets([keys.old, keys.next], randomBytes),
        installedProvider: installed(baseUrl),
      });
      try {
        const client = apiClient(
          started.url,
          await (await tokenMaker(started.store, started.gateway.issuer))({ sub: 'i', tenant: 'globex' }),
        );
        const { body } = await client(table.providers.list);
        const { id } = body.items.find(({ name }) => name === 'openai-compatible')!;
        const { base_url, validation_status } = await settled(id, client);
        await change?.(client, id);
        const reached = await started.gateway.provider('globex', 'openai-compatible');
        return [base_url, validation_status, reached?.baseUrl, reached?.key];
      } finally {
        await started.stop();
      }
    };
    const [one, two] = [`${first.url}/v1`, `${second.url}/v1`];
    expect(await startedWith(first.url)).toEqual([one, 'connected', one, planted]);
    expect(await startedWith(second.url)).toEqual([two, 'connected', two, planted]);
    const own = { base_url: first.url, api_key: 'sk-of-the-tenant' };
    const changed = await startedWith(second.url, async (client, id) => {
      await client(table.providers.update, { params: { id }, body: own, ...match });
      await settled(id, client);
    });
    expect(changed).toEqual([two, 'connected', first.url, 'sk-of-the-tenant']);
    expect(await startedWith(second.url)).toEqual([first.url, 'connected', first.url, 'sk-of-the-tenant']);
  });
});

describe('the API key', () => {
  it('is in no answer, no log line, no audit, no export and not on disk', async () => {
    const echo: RequestListener = (request, response) => {
      const { authorization } = request.headers;
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-echo': authorization })
        .end(JSON.stringify({ data: [{ id: `model ${authorization}` }, { id: 'm' }] }));
    };
    const { url, seen } = await serve(echo);
    const provider = await checked({ type: 'openai', base_url: url, api_key: planted });
    expect(seen[0]?.headers.authorization).toContain(planted);
    expect(provider.models).toEqual(['m']);
    const params = { id: provider.id };
    const wrong = await admin(table.providers.create, {
      body: { name: provider.name, type: 'openai', api_key: planted, surplus: 1 },
    });
    const stale = { headers: { 'if-match': 'x' } };
    const texts = [
      JSON.stringify(wrong.error),
      JSON.stringify(
        (await admin(table.providers.update, { params, body: { api_key: planted }, ...stale })).error,
      ),
      JSON.stringify(await running.store.providers.all('acme')),
      running.logLines.join('\n'),
    ];
    for (const row of Object.values(table).flatMap((rows) => Object.values(rows as Record<string, Route>))) {
      if (row.method !== 'GET') continue;
      const path = row.path.replace(/:\w+/g, provider.id);
      const answer = await fetch(`${running.url}/api${path}`, {
        headers: { authorization: `Bearer ${await token({ sub: 'admin', roles: ['admin'] })}` },
      });
      texts.push(await answer.text());
    }
    expect(texts.filter((text) => text.includes(planted))).toEqual([]);
    expect(texts.join('')).toContain(provider.id);
    const audit = await running.store.audit.list('acme', {}, { limit: 500, offset: 0 });
    expect(audit.total).toBeGreaterThan(0);
    expect(JSON.stringify(audit)).not.toContain(planted);

    const folder = running.store.place;
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
      file.isFile(),
    );
    const bytes = await Promise.all(files.map((file) => readFile(`${file.parentPath}/${file.name}`)));
    expect(bytes.some((content) => content.includes(provider.id))).toBe(true);
    expect(bytes.filter((content) => content.includes(planted))).toEqual([]);
  });

  it('is encrypted anew under the first key while the gateway serves, and checks cut off are taken up', async () => {
    const { url } = await serve(openaiModels);
    const { id } = await checked({ type: 'openai', base_url: url, api_key: planted });
    const before = (await running.store.providers.get('acme', id))!.sealedKey!;
    await running.store.providers.beginCheck('acme', id, 'cut off by a crash');

    const later = await startGateway({
      store: running.store,
      secrets: createSecrets([keys.next, keys.old], randomBytes),
    });
    try {
      while ((await running.store.providers.get('acme', id))!.sealedKey === before)
        await new Promise(setImmediate);
      expect((await later.gateway.provider('acme', (await settled(id)).name))?.key).toBe(planted);
      expect((await settled(id)).validation_status).toBe('connected');
    } finally {
      await later.stop();
    }
    const after = (await running.store.providers.get('acme', id))!.sealedKey!;
    const place = `provider/acme/${id}`;
    expect(createSecrets([keys.next], randomBytes).open(after, place)).toEqual({ ok: true, value: planted });
    expect(createSecrets([keys.old], randomBytes).open(after, place).ok).toBe(false);
  });

  it('of a key nobody has any more is an error of the provider, not of the gateway', async () => {
    const { url } = await serve(openaiModels);
    const { id } = await checked({ type: 'openai', base_url: url, api_key: planted });
    const lost = await startGateway({
      store: running.store,
      secrets: createSecrets([secretKey(randomBytes(32))], randomBytes),
    });
    try {
      const client = apiClient(lost.url, await (await tokenMaker(lost.store, lost.gateway.issuer))({}));
      await client(table.providers.validate, { params: { id } });
      expect(await settled(id, client)).toMatchObject({
        validation_status: 'error',
        validation_code: 'KEY_UNREADABLE',
      });
    } finally {
      await lost.stop();
    }
  });
});

describe('a scripted provider', () => {
  const scenario = 'models: [small]\nscripts:\n  - steps:\n      - text: Hello\n';

  it('keeps its scenario as it was written, and is connected with the models it names', async () => {
    const made = await checked({ type: 'scripted', scenario });
    expect(made).toMatchObject({ scenario, models: ['small'], validation_status: 'connected' });

    const { id } = made;
    const renamed = await admin(table.providers.replace, {
      params: { id },
      body: { name: newName(), type: 'scripted' },
      ...match,
    });
    expect(renamed.body).toMatchObject({ scenario });
    const changed = await admin(table.providers.update, {
      params: { id },
      body: { scenario: '{"scripts": [{"steps": [{"hangs": true}]}]}' },
      ...match,
    });
    expect(changed.body.hash).not.toBe(renamed.body.hash);
    expect(await settled(id)).toMatchObject({ models: ['scripted-1'], validation_status: 'connected' });
  });

  it.each([
    [undefined, 'Expected a scenario for Scripted, but it is missing'],
    ['scripts: [', /^Expected YAML or JSON, but: .* \(line 1\)$/],
    ['scripts:\n  - steps:\n      - txt: Hi\n', /scripts\.0\.steps\.0, line 3/],
    ['scripts:\n  - steps:\n      - hangs: true\n        text: Hi', /^Expected an answer .*line 3\)$/],
  ])('is refused with where it is wrong: %j', async (wrong, message) => {
    const refused = await admin(table.providers.create, {
      body: { name: newName(), type: 'scripted', ...(wrong && { scenario: wrong }) },
    });
    expect(refused.error).toMatchObject({
      error_code: 'VALIDATION_FAILED',
      message: expect.stringMatching(message),
    });
  });

  it('is the only one with a scenario', async () => {
    const refused = await admin(table.providers.create, {
      body: { name: newName(), type: 'mock', scenario },
    });
    expect(refused.error?.message).toBe('Expected no scenario for Mock, but there is one');
  });
});
