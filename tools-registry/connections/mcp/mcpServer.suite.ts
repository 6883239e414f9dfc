import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { McpServer, ToolAnswer, ToolCall, ToolOutcome, ToolProgress } from '../../contract/index.ts';
import { createMcpConnections, createToolInvoker } from '../../index.ts';
import { startServer, type Way } from './test/startServer.ts';
import { savedServer, tenantId, worldOfServers } from './test/worldOfServers.ts';

/** What is the same however a server is reached is asked once: nothing is skipped, there is no such test. */
const onlyWhen = (holds: boolean) => (holds ? it : none);
const none = Object.assign(() => {}, { each: () => () => {} }) as unknown as typeof it;
const patience = { timeout: 20_000, interval: 20 };

type CleanUp = (() => unknown)[];

async function cleanedUp(cleanUp: CleanUp): Promise<void> {
  for (const each of cleanUp.splice(0).reverse()) await each();
}

/** What holds of every server, however it is reached. */
export function mcpServerSuite(way: Way): void {
  describe(`an MCP server over ${way}`, { timeout: 60_000 }, () => {
    const afterTest: CleanUp = [];
    const afterTests: CleanUp = [];
    afterEach(() => cleanedUp(afterTest));
    afterAll(() => cleanedUp(afterTests));

    const connected = (changes?: Partial<McpServer>, manner?: string) => connect(afterTest, changes, manner);
    let shared: ReturnType<typeof connect> | undefined;
    /** One server and connection for all tests that leave them as they find them. */
    const connectedOnce = () => {
      shared ??= connect(afterTests);
      return shared;
    };

    async function connect(cleanUp: CleanUp, changes: Partial<McpServer> = {}, manner?: string) {
      const { transport, origin, stop } = await startServer(way, manner);
      cleanUp.push(stop);
      const of = worldOfServers();
      of.servers.set('server-1', savedServer(transport, changes));
      const connections = createMcpConnections(of.world);
      cleanUp.push(() => connections.close());
      await connections.start(tenantId);
      const state = () => connections.status(tenantId, 'server-1').state;
      await vi.waitFor(() => expect(state()).not.toBe('connecting'), patience);
      const toolState = async (tool: string) =>
        (await connections.tools(tenantId, 'server-1')).find((each) => each.tool === tool)?.state;
      return { ...of, connections, origin, state, toolState, call: caller(connections) };
    }

    function caller(connections: ReturnType<typeof createMcpConnections>) {
      const invoker = createToolInvoker([connections.source], () => false);
      let calls = 0;
      return async (
        tool: string,
        input: ToolCall['arguments'] = {},
        more: Partial<ToolCall> = {},
        signal = new AbortController().signal,
      ): Promise<ToolOutcome> => {
        const name = `manners.${tool}`;
        const idempotencyKey = `call-${calls++}`;
        const call = { tenantId, name, version: undefined, arguments: input, idempotencyKey, ...more };
        return invoker.call(call, signal);
      };
    }

    it('is connected, its tools are listed over pages and locked as the admin saw them', async () => {
      const { connections, state } = await connectedOnce();

      expect(connections.status(tenantId, 'server-1').message).toBe('');
      expect(state()).toBe('connected');
      const older = way === 'sse' || way.endsWith('older');
      expect(connections.status(tenantId, 'server-1')).toMatchObject({
        protocolVersion: older ? '2025-11-25' : '2026-07-28',
        capabilities: ['prompts', 'resources', 'tools'],
        serverInfo: { name: 'manners', version: '1.0.0' },
      });
      const tools = await connections.tools(tenantId, 'server-1');
      expect(tools.map(({ tool }) => tool)).toEqual(expect.arrayContaining(['add', 'state']));
      expect(tools.find(({ tool }) => tool === 'add')).toMatchObject({
        name: 'manners.add',
        description: 'Adds two numbers.',
        state: 'locked',
        accepted: { by: 'ada' },
        drift: null,
        findings: [],
      });
    });

    it('answers with structured content, with text, with pictures, and with failures in its own words', async () => {
      const { call } = await connectedOnce();

      expect(await call('add', { a: 2, b: 3 })).toMatchObject({ ok: true, value: { sum: 5 }, version: 1 });
      expect(await call('echo', { text: 'hi' })).toMatchObject({ ok: true, value: 'hi' });
      expect(await call('picture')).toMatchObject({
        value: 'a dot',
        content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }],
      });
      expect(await call('fail')).toMatchObject({
        failure: { code: 'TOOL_FAILED', message: 'The shop is closed.' },
      });
    });

    it('lists resources and prompts, and answers what is asked by hand', async () => {
      const { connections } = await connectedOnce();

      expect(await connections.resources(tenantId, 'server-1')).toMatchObject({
        value: [
          { uri: 'file:///notes.txt', name: 'notes', template: false },
          { uri: 'file:///{path}', name: 'any file', template: true },
        ],
      });
      expect(await connections.prompts(tenantId, 'server-1')).toMatchObject({
        value: [{ name: 'greeting', arguments: [{ name: 'who', required: true }] }],
      });
      const byHand = await connections.request(
        tenantId,
        'server-1',
        { method: 'tools/call', params: { name: 'echo', arguments: { text: 'hi' } } },
        {},
        new AbortController().signal,
      );
      expect(byHand).toMatchObject({
        value: {
          response: { content: [{ type: 'text', text: 'hi' }] },
          messages: [
            { direction: 'sent', message: { method: 'tools/call' } },
            { direction: 'received', message: { result: {} } },
          ],
        },
      });
    });

    it('that makes progress is waited for, however long its call takes', async () => {
      const { call } = await connected({ timeout: 200 });
      const heard: ToolProgress[] = [];

      const outcome = await call('steps', { count: 8 }, { heard: (progress) => heard.push(progress) });

      expect(outcome).toMatchObject({ ok: true, value: 'done' });
      expect(heard.at(-1)).toEqual({ progress: 8, total: 8 });
    });

    it('that hangs is given up after the timeout, and told so', async () => {
      const { call } = await connected({ timeout: 200 });

      expect(await call('hang')).toMatchObject({
        failure: {
          code: 'TOOL_TIMEOUT',
          message: "Expected 'manners.hang' to answer or make progress within 200 ms, but it did not",
        },
      });
      await vi.waitFor(
        async () =>
          expect(await call('state')).toMatchObject({ value: expect.stringContaining('"cancelled":1') }),
        patience,
      );
    });

    it('whose call is cancelled is told so', async () => {
      const { call } = await connected();
      const stop = new AbortController();

      const outcome = call('hang', {}, {}, stop.signal);
      await vi.waitFor(async () => expect((await call('echo', { text: 'up' })).ok).toBe(true), patience);
      stop.abort();

      expect(await outcome).toMatchObject({ failure: { code: 'TOOL_CANCELLED' } });
      await vi.waitFor(
        async () =>
          expect(await call('state')).toMatchObject({ value: expect.stringContaining('"cancelled":1') }),
        patience,
      );
    });

    it('that answers out of order gives each call its own answer', async () => {
      const { call } = await connectedOnce();

      const outcomes = await Promise.all([call('first'), call('second'), call('echo', { text: 'third' })]);

      expect(outcomes.map((outcome) => outcome.ok && outcome.value)).toEqual(['first', 'second', 'third']);
    });

    it('that asks a person ends the call with the question; with the answer it goes on where it was', async () => {
      const { call } = await connected();

      const asked = await call('greet', {}, { idempotencyKey: 'greeting' });
      expect(asked).toMatchObject({
        failure: {
          code: 'TOOL_INPUT_REQUIRED',
          message: "Expected 'manners.greet' to have all it needs, but it asks: Who is to be greeted?",
        },
        question: {
          kind: 'input',
          message: 'Who is to be greeted?',
          schema: { properties: { name: { type: 'string' } } },
        },
      });

      expect(
        await call('greet', {}, answered(asked, { action: 'accept', content: { name: 'Ada' } })),
      ).toMatchObject({
        ok: true,
        value: 'Hello, Ada.',
      });
      expect(await call('state')).toMatchObject({ value: expect.stringContaining('"greet":1') });
    });

    it('whose question lies about for long is let go, and asks again with the answer at hand', async () => {
      const { call, passed } = await connected();
      const asked = await call('greet', {}, { idempotencyKey: 'greeting' });

      passed(15 * 60_000);

      const answer: ToolAnswer = { action: 'accept', content: { name: 'Ada' } };
      expect(await call('greet', {}, answered(asked, answer))).toMatchObject({ value: 'Hello, Ada.' });
    });

    it('whose question is declined hears so', async () => {
      const { call } = await connectedOnce();
      const asked = await call('greet', {}, { idempotencyKey: 'greeting' });

      expect(await call('greet', {}, answered(asked, { action: 'decline' }))).toMatchObject({
        value: 'Nobody: decline.',
      });
    });

    it('that was left meanwhile is asked again, and answered with what the person said', async () => {
      const { call, connections } = await connected();
      const asked = await call('greet', {}, { idempotencyKey: 'greeting' });

      await connections.recheck(tenantId, 'server-1');

      expect(
        await call('greet', {}, answered(asked, { action: 'accept', content: { name: 'Ada' } })),
      ).toMatchObject({
        value: 'Hello, Ada.',
      });
    });

    it('that asks for a model is refused politely', async () => {
      const { call } = await connectedOnce();

      const outcome = await call('sample');

      expect(outcome.ok ? outcome.value : outcome.failure.message).toMatch(
        /sampling|not support|not offered/i,
      );
    });

    it('that changes its tools while a run is on has the changed one quarantined, with what changed', async () => {
      const { call, connections, toolState, news } = await connected();
      expect(await call('echo', { text: 'hi' })).toMatchObject({ ok: true });

      expect(await call('change')).toMatchObject({ ok: true });
      await vi.waitFor(async () => expect(await toolState('echo')).toBe('quarantined'), patience);

      expect(await call('echo', { text: 'hi' })).toMatchObject({
        failure: {
          code: 'TOOL_QUARANTINED',
          message:
            "Expected 'manners.echo' as it was accepted, but its server describes it otherwise now, and no admin has accepted that:\n" +
            'description: "Says it again." → "Says it again, and keeps it."',
          details: { serverId: 'server-1', tool: 'echo' },
        },
      });
      expect(await call('add', { a: 1, b: 1 })).toMatchObject({ ok: true });
      expect(news.map(({ kind }) => kind)).toContain('locks');

      const [echo] = (await connections.tools(tenantId, 'server-1')).filter(({ tool }) => tool === 'echo');
      const accepted = await connections.accept(
        tenantId,
        'server-1',
        [{ tool: 'echo', hash: echo?.hash ?? '' }],
        'grace',
      );
      expect(accepted).toMatchObject({ ok: true });
      expect(await call('echo', { text: 'hi' })).toMatchObject({ ok: true, value: 'hi', version: 2 });
    });

    it('that changes its tools without a word is found out when it is connected again', async () => {
      const { call, connections, toolState } = await connected();
      if (way.startsWith('stdio')) return;
      await call('change', { silently: true });
      expect(await toolState('echo')).toBe('locked');

      await connections.recheck(tenantId, 'server-1');

      expect(await toolState('echo')).toBe('quarantined');
    });

    onlyWhen(way === 'stdio-older')(
      'that says with every list that its tools are others is not listed all the time',
      async () => {
        const { call, connections } = await connected({}, 'restless');

        expect(await call('steps', { count: 10 })).toMatchObject({ ok: true });

        const lists = connections
          .messages(tenantId, 'server-1')
          .filter(({ message }) => (message as { method?: string }).method === 'tools/list');
        expect(lists.length).toBeLessThan(20);
      },
    );

    onlyWhen(way === 'stdio-older')(
      'that is connected again while its next list waits has the tools it had',
      async () => {
        const { connections, passed, toolState } = await connected({}, 'restless');
        const said = () =>
          connections
            .messages(tenantId, 'server-1')
            .filter(
              ({ message }) => (message as { method?: string }).method === 'notifications/tools/list_changed',
            ).length;
        await vi.waitFor(() => expect(said()).toBeGreaterThan(1), patience);

        await connections.recheck(tenantId, 'server-1');
        passed(1_000);
        for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);

        expect(await toolState('add')).toBe('locked');
      },
    );

    it('that lies about its schema is found out', async () => {
      const { call } = await connectedOnce();

      expect(await call('lie')).toMatchObject({
        failure: { code: 'TOOL_OUTPUT_INVALID', details: { output: { number: 'seven' } } },
      });
      expect(await call('vague')).toMatchObject({
        failure: {
          code: 'TOOL_OUTPUT_INVALID',
          message:
            "Expected 'manners.vague' to answer by the schema it announces, but it answered without structured content",
        },
      });
    });

    it('that returns 50 MB is cut off, and connected again', async () => {
      const { call } = await connected();

      expect(await call('huge')).toMatchObject({
        failure: {
          code: 'TOOL_OUTPUT_TOO_LARGE',
          message: "Expected messages of at most 8 MB from 'manners', but it sent a larger one",
        },
      });
      await vi.waitFor(
        async () => expect(await call('add', { a: 1, b: 1 })).toMatchObject({ ok: true }),
        patience,
      );
      expect(await call('large')).toMatchObject({
        failure: {
          code: 'TOOL_OUTPUT_TOO_LARGE',
          message:
            "Expected an answer of at most 2000000 characters, but that of 'manners.large' has 3000007",
        },
      });
    });

    it('that floods is cut off, and connected again', async () => {
      const { call, connections } = await connected();

      expect(await call('flood')).toMatchObject({
        failure: {
          code: 'TOOL_SERVER_UNAVAILABLE',
          message: "Expected 'manners' to send at most 200 messages a second, but it sends many more",
        },
      });
      await vi.waitFor(
        async () => expect(await call('add', { a: 1, b: 1 })).toMatchObject({ ok: true }),
        patience,
      );
      expect(connections.status(tenantId, 'server-1').state).toBe('connected');
    });

    it('that hangs up in a call fails it, and is connected again', async () => {
      const { call, state } = await connected();

      const dropped = await call('drop');

      expect(dropped).toMatchObject({ failure: { code: 'TOOL_SERVER_UNAVAILABLE' } });
      expect(!dropped.ok && dropped.failure.message).toMatch(/^Expected .+, but .+/);
      await vi.waitFor(
        async () => expect(await call('add', { a: 1, b: 1 })).toMatchObject({ ok: true }),
        patience,
      );
      await vi.waitFor(() => expect(state()).toBe('connected'), patience);
    });

    // A list is read the same whichever way it comes.
    onlyWhen(way === 'stdio' || way === 'http').each([
      ['endless', 'Expected at most 64 pages of tools, but the server has more'],
      ['circle', 'Expected pages of tools that end, but the server goes in a circle'],
      ['crowd', 'Expected at most 1000 tools, but the server lists more'],
      ['twice', "Expected each tool once, but the server lists two that are called 'add'"],
    ])('with a list that is %s of tools is not used, for a reason', async (manner, message) => {
      const { connections } = await connected({}, manner);

      expect(connections.status(tenantId, 'server-1')).toMatchObject({ state: 'error', message });
      expect(await connections.tools(tenantId, 'server-1')).toEqual([]);
    });

    it('with tools that are no tools is not used, for a reason', async () => {
      const { connections } = await connected({}, 'malformed');

      const { state, message } = connections.status(tenantId, 'server-1');
      expect(state).toBe('error');
      expect(message).toMatch(/^Expected 'manners' to answer as MCP has it, but .*inputSchema/);
    });

    it('with an instruction in a description has that tool wait for an admin', async () => {
      const { call, connections, toolState } = await connected({}, 'injected');

      expect(await toolState('add')).toBe('locked');
      const weather = (await connections.tools(tenantId, 'server-1')).find(({ tool }) => tool === 'weather');
      expect(weather).toMatchObject({
        state: 'new',
        accepted: null,
        findings: [
          { code: 'OVERRIDES_INSTRUCTIONS', severity: 'high', place: 'description' },
          { code: 'CARRIES_DATA_OUT' },
        ],
      });
      expect(await call('weather')).toMatchObject({
        failure: {
          code: 'TOOL_QUARANTINED',
          message: "Expected 'manners.weather' to be accepted by an admin first, but nobody has yet",
        },
      });
    });
  });
}

function answered(asked: ToolOutcome, answer: ToolAnswer): Partial<ToolCall> {
  if (asked.ok || !asked.question) throw new Error('it did not ask');
  const { question, resume } = asked;
  return {
    idempotencyKey: 'greeting',
    answers: { [question.id]: answer },
    ...(resume !== undefined && { resume }),
  };
}
