import { describe, expect, it } from 'vitest';
import { createApi } from './client.ts';
import { table } from './table.ts';

interface Sent {
  url: string;
  init: RequestInit;
}

function server(...answers: Response[]) {
  const sent: Sent[] = [];
  const asked: boolean[] = [];
  const api = createApi({
    base: '/api',
    fetch: async (url, init) => {
      sent.push({ url, init });
      const answer = answers.shift();
      if (!answer) throw new TypeError('connection refused');
      return answer;
    },
    token: async (fresh = false) => {
      asked.push(fresh);
      return fresh ? 'fresh' : 'old';
    },
  });
  return { api, sent, asked };
}

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

it('fills the path, sends the query and answers the body', async () => {
  const { api, sent } = server(json(200, { id: 'w 1', xml: '<x/>' }));

  const answer = await api.call(table.workflows.getWorkflow, {
    params: { id: 'w 1' },
    query: { version: 3 },
  });

  expect(sent[0]!.url).toBe('/api/workflows/w%201?version=3');
  expect(sent[0]!.init.headers).toMatchObject({ authorization: 'Bearer old' });
  expect(answer).toMatchObject({ ok: true, value: { xml: '<x/>' } });
});

it('sends the body as JSON and the hash that was edited as If-Match', async () => {
  const { api, sent } = server(json(200, {}));

  await api.call(table.workflows.updateWorkflow, {
    params: { id: 'w1' },
    body: { name: 'New' },
    ifMatch: 'abc',
  });

  expect(sent[0]!.init).toMatchObject({
    method: 'PUT',
    body: '{"name":"New"}',
    headers: { 'if-match': '"abc"', 'content-type': 'application/json' },
  });
});

it('answers a refusal as a value with code, sentence, details and request id', async () => {
  const { api } = server(
    json(409, {
      error_code: 'ALREADY_EXISTS',
      message: 'Expected a new name, but it is taken',
      details: { name: 'a' },
      request_id: 'r7',
    }),
  );

  const answer = await api.call(table.agents.delete, { params: { id: 'a1' } });

  expect(answer).toEqual({
    ok: false,
    failure: {
      code: 'ALREADY_EXISTS',
      status: 409,
      message: 'Expected a new name, but it is taken',
      details: { name: 'a' },
      requestId: 'r7',
    },
  });
});

it('tries once more with a fresh token when the old one has expired', async () => {
  const { api, sent, asked } = server(json(401, {}), new Response(null, { status: 204 }));

  const answer = await api.call(table.agents.delete, { params: { id: 'a1' } });

  expect(answer).toEqual({ ok: true, value: undefined });
  expect(asked).toEqual([false, true]);
  expect(sent[1]!.init.headers).toMatchObject({ authorization: 'Bearer fresh' });
});

it('asks for no token where none is needed', async () => {
  const { api, asked } = server(json(200, {}));

  await api.call(table.session.configuration);

  expect(asked).toEqual([]);
});

it('says that the server could not be reached', async () => {
  const { api } = server();

  const answer = await api.call(table.session.me);

  expect(answer).toMatchObject({ ok: false, failure: { code: 'UNREACHABLE', status: 0 } });
});

it('says that an answer is not of the API', async () => {
  const { api } = server(new Response('<html>', { status: 502 }));

  const answer = await api.call(table.session.me);

  expect(answer).toMatchObject({ ok: false, failure: { code: 'INTERNAL', status: 502 } });
});

describe('an answer that comes bit by bit', () => {
  const route = { ...table.workflows.getWorkflow, answerEvent: 'done' };
  const event = (name: string, data: unknown) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

  async function streamed(text: string) {
    const bytes = new TextEncoder().encode(text);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 7) controller.enqueue(bytes.slice(at, at + 7));
        controller.close();
      },
    });
    const { api, sent } = server(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    const heard: unknown[] = [];
    const answer = await api.stream(route, { params: { id: 'w1' } }, (told) => heard.push(told));
    return { sent: sent[0]!, heard, answer };
  }

  it('is heard however it is cut', async () => {
    const { sent, heard, answer } = await streamed(
      `${event('text', { text: 'Grüße' })}: still here\n\n${event('done', { id: 'w1' })}`,
    );

    expect(sent.init.headers).toMatchObject({ accept: 'text/event-stream', authorization: 'Bearer old' });
    expect(heard).toEqual([{ event: 'text', data: { text: 'Grüße' } }]);
    expect(answer).toEqual({ ok: true, value: { id: 'w1' } });
  });

  it('fails with the error that ends it', async () => {
    const error = {
      error_code: 'QUOTA_EXCEEDED',
      message: 'Expected room, but there is none',
      request_id: 'r9',
    };

    expect((await streamed(event('error', error))).answer).toMatchObject({
      ok: false,
      failure: { code: 'QUOTA_EXCEEDED', requestId: 'r9' },
    });
  });

  it('fails when it breaks off', async () => {
    expect((await streamed(event('text', { text: 'I am so' }))).answer).toMatchObject({
      ok: false,
      failure: { code: 'UNREACHABLE' },
    });
  });
});

it('is sent at once while the page goes away, without waiting for a token', () => {
  const sent: RequestInit[] = [];
  const api = createApi({
    base: '/api',
    fetch: async (_url, init) => {
      sent.push(init);
      return new Response(null, { status: 204 });
    },
    token: () => new Promise(() => undefined),
    tokenNow: () => 'at-hand',
  });
  void api.call(table.workflows.deleteWorkflow, { params: { id: 'w1' }, keepalive: true });
  expect(
    sent.map(({ keepalive, headers }) => [keepalive, (headers as Record<string, string>).authorization]),
  ).toEqual([[true, 'Bearer at-hand']]);
});
