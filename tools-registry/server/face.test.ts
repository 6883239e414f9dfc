import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ToolContentBlock, ToolOutcome, ToolQuestion } from '../contract/index.ts';
import { answered, callerOf, connect, faceWorld, generations, scriptedProcesses } from './test/faceWorld.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((each) => each.close()));
});

describe.each(generations)('a client of %s', (generation) => {
  async function setUp(
    given: { caller?: Parameters<typeof callerOf>[0]; capabilities?: Parameters<typeof connect>[3] } = {},
  ) {
    const world = faceWorld();
    const who = callerOf(given.caller);
    const client = await connect(world.face, who.caller, generation, given.capabilities);
    open.push(client, world.face);
    return { ...world, ...who, client };
  }

  it('speaks that generation, and is told what there is', async () => {
    const { client } = await setUp();
    expect(client.getNegotiatedProtocolVersion()).toBe(generation);
    expect(client.getServerVersion()).toMatchObject({ name: 'baton', version: '1.2.3' });
    expect(client.getServerCapabilities()).toMatchObject({ tools: { listChanged: true }, completions: {} });
  });

  it('gets the tools it may call, in the order of their names, with what their flags say', async () => {
    const { client, add } = await setUp({ caller: { mayCall: async (name) => name !== 'secret-tool' } });
    add({ name: 'pay', sideEffect: true, egress: true, output: { type: 'object' } });
    add({ name: 'b.look' });
    add({ name: 'secret-tool' });
    add({ name: 'add', description: 'Adds' });
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(['add', 'b.look', 'pay']);
    expect(tools.map(({ annotations }) => annotations)).toEqual([
      { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
    ]);
    expect(tools.map((tool) => tool.outputSchema)).toEqual([undefined, undefined, { type: 'object' }]);
  });

  it('gets a list longer than a page to its end', async () => {
    const { client, add } = await setUp();
    for (let n = 0; n < 2_345; n++) add({ name: `tool-${n}` });
    const { tools } = await client.listTools();
    expect(new Set(tools.map(({ name }) => name)).size).toBe(2_345);
  });

  it('calls a tool, and gets its value as structured content and as text', async () => {
    const { client, add, ended } = await setUp();
    add({ name: 'add', output: { type: 'object' } }, async (_tool, { arguments: given }) =>
      answered({ given }),
    );
    const result = await client.callTool({ name: 'add', arguments: { a: 1 } });
    expect(result.structuredContent).toEqual({ given: { a: 1 } });
    expect(result.content).toEqual([{ type: 'text', text: '{"given":{"a":1}}' }]);
    expect(ended).toEqual([undefined]);
  });

  it('gets pictures and sounds as the tool gives them', async () => {
    const { client, add } = await setUp();
    const content: ToolContentBlock[] = [
      { type: 'text', text: 'look' },
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
    ];
    add({ name: 'draw' }, async () => ({ ok: true, value: 'look', version: 1, logs: [], content }));
    expect((await client.callTool({ name: 'draw', arguments: {} })).content).toEqual(content);
  });

  it('wraps what is no object, both ways', async () => {
    const { client, add } = await setUp();
    const list = { type: 'array', items: { type: 'number' } };
    add({ name: 'sum', input: list, output: { type: 'number' } }, async (_tool, { arguments: given }) =>
      answered((given as number[]).reduce((sum, each) => sum + each, 0)),
    );
    const [tool] = (await client.listTools()).tools;
    expect(tool?.inputSchema).toEqual({ type: 'object', properties: { input: list }, required: ['input'] });
    const result = await client.callTool({ name: 'sum', arguments: { input: [1, 2, 3] } });
    expect(result).toMatchObject({ content: [{ type: 'text', text: '6' }] });
    expect(result.structuredContent).toBeUndefined();
  });

  it('is told by the tool what was wrong with the arguments, so that its model can correct itself', async () => {
    const { client, add, ended } = await setUp();
    add({ name: 'add', input: { type: 'object', required: ['a'] } });
    const result = await client.callTool({ name: 'add', arguments: {} });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain('TOOL_INPUT_INVALID: Expected');
    expect(ended).toMatchObject([{ code: 'TOOL_INPUT_INVALID' }]);
  });

  it('is told that a tool is unknown which it may not see', async () => {
    const { client, add } = await setUp({ caller: { mayCall: async () => false } });
    add({ name: 'secret-tool' });
    await expect(client.callTool({ name: 'secret-tool', arguments: {} })).rejects.toThrow(
      "Expected a tool of this server, but there is no 'secret-tool'",
    );
  });

  it('hears the progress of a call, as far as it rises', async () => {
    const { client, add } = await setUp();
    add({ name: 'slow' }, async (_tool, { heard }) => {
      heard?.({ progress: 1, total: 3, message: 'one' });
      heard?.({ progress: 1, total: 3, message: 'one again' });
      heard?.({ progress: 2, total: 3, message: 'two' });
      return answered({});
    });
    const heard: unknown[] = [];
    await client.callTool({ name: 'slow', arguments: {} }, { onprogress: (each) => heard.push(each) });
    expect(heard).toEqual([
      { progress: 1, total: 3, message: 'one' },
      { progress: 2, total: 3, message: 'two' },
    ]);
  });

  it('cancels a call, which the tool notices', async () => {
    const { client, add } = await setUp();
    const cancel = new AbortController();
    const noticed = new Promise<void>((resolve) => {
      add({ name: 'endless' }, (_tool, _call, signal) => {
        const over = new Promise<ToolOutcome>((done) =>
          signal.addEventListener('abort', () => {
            resolve();
            done({ ok: false, failure: { code: 'TOOL_CANCELLED', message: '' }, version: 1 });
          }),
        );
        cancel.abort();
        return over;
      });
    });
    const call = client.callTool({ name: 'endless', arguments: {} }, { signal: cancel.signal });
    await expect(call).rejects.toThrow();
    await noticed;
  });

  const question: ToolQuestion = {
    id: 'size',
    kind: 'input',
    message: 'Which size?',
    schema: {
      type: 'object',
      properties: { size: { type: 'string', enum: ['S', 'M'] }, extras: { type: 'object' } },
      required: ['size'],
    },
  };
  const asking = async (
    _tool: unknown,
    { answers, resume, idempotencyKey }: { answers?: object; resume?: unknown; idempotencyKey: string },
  ) => {
    const answer = (answers as { size?: unknown } | undefined)?.size;
    return answer === undefined
      ? ({
          ok: false,
          failure: { code: 'TOOL_INPUT_REQUIRED', message: 'Expected a size' },
          version: 1,
          question,
          resume: { at: 'the question', idempotencyKey },
        } as const)
      : answered({
          answer,
          resume,
          same: (resume as { idempotencyKey: string }).idempotencyKey === idempotencyKey,
        } as never);
  };

  it('answers what a tool asks by a form, and the call goes on from there', async () => {
    const { client, add, pending } = await setUp({ capabilities: { elicitation: {} } });
    add({ name: 'order' }, asking as never);
    const asked: unknown[] = [];
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked.push(params);
      return { action: 'accept', content: { size: 'M', extras: '{"gift":true}' } };
    });
    const result = await client.callTool({ name: 'order', arguments: { item: 1 } });
    expect(asked).toMatchObject([
      {
        message: 'Which size?',
        requestedSchema: { properties: { size: { enum: ['S', 'M'] }, extras: { type: 'string' } } },
      },
    ]);
    expect(result.structuredContent).toMatchObject({
      answer: { action: 'accept', content: { size: 'M', extras: { gift: true } } },
      resume: { at: 'the question' },
      same: true,
    });
    expect(pending.size).toBe(0);
  });

  it('is asked again, with the reason, when the answer does not fit', async () => {
    const { client, add } = await setUp({ capabilities: { elicitation: {} } });
    add({ name: 'order' }, asking as never);
    const messages: string[] = [];
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      messages.push(params.message);
      return {
        action: 'accept',
        content: { size: 'S', extras: messages.length === 1 ? 'no json' : '{}' },
      };
    });
    const result = await client.callTool({ name: 'order', arguments: {} });
    expect(result.structuredContent).toMatchObject({ answer: { content: { size: 'S' } } });
    expect(messages).toEqual(['Which size?', "Which size?\n\nExpected JSON in 'extras', but it is none"]);
  });

  it('may say no', async () => {
    const { client, add } = await setUp({ capabilities: { elicitation: {} } });
    add({ name: 'pay', approval: 'always' }, async () => answered({ paid: true }));
    client.setRequestHandler('elicitation/create', async () => ({ action: 'decline' }));
    const result = await client.callTool({ name: 'pay', arguments: {} });
    expect(result).toMatchObject({ isError: true });
    expect(JSON.stringify(result.content)).toContain('TOOL_DECLINED');
  });

  it('approves a call with other arguments, which are those that are used', async () => {
    const { client, add } = await setUp({ capabilities: { elicitation: { form: {} } } });
    const input = { type: 'object', properties: { amount: { type: 'number' }, to: { type: 'string' } } };
    add({ name: 'pay', approval: 'always', input }, async (_tool, { arguments: given }) =>
      answered({ given }),
    );
    const asked: unknown[] = [];
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      asked.push(params);
      return { action: 'accept', content: { amount: 5 } };
    });
    const result = await client.callTool({ name: 'pay', arguments: { amount: 500, to: 'Ada' } });
    expect(asked).toMatchObject([
      { requestedSchema: { properties: { amount: { type: 'number', default: 500 } } } },
    ]);
    expect(result.structuredContent).toEqual({ given: { amount: 5, to: 'Ada' } });
  });

  it('that shows no forms is told where the question can be answered', async () => {
    const { client, add, pending } = await setUp();
    add({ name: 'order' }, asking as never);
    const result = await client.callTool({ name: 'order', arguments: {} });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result.content)).toContain(
      'in a process, where the question becomes a task of a person',
    );
    expect(pending.size).toBe(0);
  });

  it('runs a process as a tool: its steps are progress, its variables the result', async () => {
    const scripted = scriptedProcesses(
      {
        bpmnProcessId: 'order',
        title: 'Order',
        description: '',
        input: { type: 'object', required: ['item'] },
      },
      () => ({
        id: '42',
        process: 'order',
        status: 'completed',
        createdAt: '2026-01-01T00:00:00.000Z',
        result: { total: 7 },
      }),
    );
    const { client } = await setUp({ caller: { processes: scripted.processes } });
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([
      'process_order',
      'task_cancel',
      'task_get',
    ]);
    const heard: unknown[] = [];
    const call = client.callTool(
      { name: 'process_order', arguments: { item: 1 } },
      { onprogress: (each) => heard.push(each) },
    );
    await vi.waitUntil(() => scripted.followers.size === 1);
    scripted.tell({ message: 'pick: started', over: false });
    scripted.tell({ message: 'ended', over: true });
    expect((await call).structuredContent).toMatchObject({
      task: { id: '42', status: 'completed', result: { total: 7 } },
    });
    expect(heard).toEqual([
      { progress: 1, message: 'pick: started' },
      { progress: 2, message: 'ended' },
    ]);
    expect(scripted.started).toEqual([{ bpmnProcessId: 'order', variables: { item: 1 } }]);
    expect(scripted.followers.size).toBe(0);
  });

  it('gets a task when a process takes longer than a call, asks for it, and cancels it', async () => {
    const scripted = scriptedProcesses(
      { bpmnProcessId: 'long', title: 'Long', description: '', input: { type: 'object' } },
      () => ({ id: '43', process: 'long', status: 'working', createdAt: '2026-01-01T00:00:00.000Z' }),
    );
    const { client, pass } = await setUp({ caller: { processes: scripted.processes } });
    const call = client.callTool({ name: 'process_long', arguments: {} });
    await vi.waitUntil(() => scripted.followers.size === 1);
    pass(25_000);
    expect((await call).structuredContent).toMatchObject({ task: { id: '43', status: 'working' } });
    const asked = await client.callTool({ name: 'task_get', arguments: { id: '43' } });
    expect(asked.structuredContent).toMatchObject({ task: { status: 'working' } });
    await client.callTool({ name: 'task_cancel', arguments: { id: '43' } });
    expect(scripted.cancelled).toEqual(['43']);
  });

  it('hears that tools changed', async () => {
    const { client, announce, watchers } = await setUp();
    const changed = vi.fn();
    client.setNotificationHandler('notifications/tools/list_changed', changed);
    if (generation === '2026-07-28') await client.listen({ toolsListChanged: true });
    await vi.waitUntil(() => watchers.size > 0);
    announce({ list: 'tools' });
    await vi.waitUntil(() => changed.mock.calls.length > 0);
  });

  it('reads prompts and resources, as far as it may', async () => {
    const { client } = await setUp({
      caller: {
        may: async (permission) => permission !== 'tools:run',
        prompts: {
          list: async () => [
            { name: 'greet', description: 'Greets', arguments: [{ name: 'who', required: true }] },
          ],
          get: async (_name, { who }) => ({
            ok: true,
            value: {
              description: 'Greets',
              messages: [{ role: 'user', content: { type: 'text', text: `Hi ${who}` } }],
            },
          }),
        },
        resources: {
          list: async () => [{ uri: 'baton://task/a', name: 'a', mimeType: 'application/json' }],
          templates: async () => [
            {
              uriTemplate: 'baton://task/{name}',
              name: 'task',
              description: '',
              mimeType: 'application/json',
            },
          ],
          complete: async (_template, _variable, typed) => [`${typed}-and-more`],
          read: async (uri) => ({ ok: true, value: [{ uri, mimeType: 'application/json', text: '{}' }] }),
        },
      },
    });
    expect((await client.listTools()).tools).toEqual([]);
    expect((await client.getPrompt({ name: 'greet', arguments: { who: 'Ada' } })).messages).toEqual([
      { role: 'user', content: { type: 'text', text: 'Hi Ada' } },
    ]);
    expect((await client.listResources()).resources).toEqual([
      { uri: 'baton://task/a', name: 'a', mimeType: 'application/json' },
    ]);
    expect((await client.readResource({ uri: 'baton://task/a' })).contents).toMatchObject([{ text: '{}' }]);
    const completed = await client.complete({
      ref: { type: 'ref/resource', uri: 'baton://task/{name}' },
      argument: { name: 'name', value: 'a' },
    });
    expect(completed.completion.values).toEqual(['a-and-more']);
  });
});

describe('a session', () => {
  it('is of whoever began it: with another’s it is as if there were none', async () => {
    const world = faceWorld();
    open.push(world.face);
    world.add({ name: 'add' });
    const initialize = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-11-25',
        capabilities: { elicitation: {} },
        clientInfo: { name: 't', version: '1' },
      },
    };
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const post = (body: unknown, who: ReturnType<typeof callerOf>, more: Record<string, string> = {}) =>
      world.face.handle(
        new Request('http://baton.test/mcp', { method: 'POST', headers: { ...headers, ...more } }),
        body,
        who.caller,
      );
    const ada = callerOf();
    const begun = await post(initialize, ada);
    await begun.text();
    const session = { 'mcp-session-id': begun.headers.get('mcp-session-id') as string };
    const eve = callerOf({ id: 'user:eve', mayCall: async () => false });
    const list = { jsonrpc: '2.0', id: 2, method: 'tools/list' };
    expect(await (await post(list, ada, session)).text()).toContain('"add"');
    expect(await (await post(list, eve, session)).text()).not.toContain('"add"');

    const end = new Request('http://baton.test/mcp', { method: 'DELETE', headers: session });
    expect((await world.face.handle(end, undefined, ada.caller)).status).toBe(200);
    expect((await post(list, ada, session)).status).toBe(404);
  });

  it('ends when it was idle for long, and hears no more', async () => {
    const world = faceWorld();
    const who = callerOf();
    const client = await connect(world.face, who.caller, '2025-11-25');
    open.push(client, world.face);
    expect(who.watchers.size).toBe(1);
    world.pass(60 * 60_000);
    expect(who.watchers.size).toBe(0);
  });
});
