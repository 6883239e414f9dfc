import { afterEach, describe, expect, it, vi } from 'vitest';
import type { McpServer, McpTransport } from '../../contract/index.ts';
import { createMcpConnections } from '../../index.ts';
import { startServer, type Way } from './test/startServer.ts';
import { savedServer, tenantId, worldOfServers } from './test/worldOfServers.ts';

const signal = new AbortController().signal;
const patience = { timeout: 20_000, interval: 20 };

describe('a server is let in on', { timeout: 60_000 }, () => {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const each of cleanUp.splice(0).reverse()) await each();
  });

  async function worldWith(way: Way, manner?: string) {
    const { transport, stop } = await startServer(way, manner);
    cleanUp.push(stop);
    const of = worldOfServers();
    const connections = createMcpConnections(of.world);
    cleanUp.push(() => connections.close());
    const save = async (changes: Partial<McpServer> = {}) => {
      of.servers.set('server-1', savedServer(transport, changes));
      await connections.start(tenantId);
      await vi.waitFor(
        () => expect(connections.status(tenantId, 'server-1').state).not.toBe('connecting'),
        patience,
      );
      return connections.status(tenantId, 'server-1');
    };
    const call = async (tool: string, user?: string) => {
      const name = `manners.${tool}`;
      const found = await connections.source.get(tenantId, name, undefined);
      if (!found) throw new Error(`no tool ${name}`);
      return connections.source.run(
        found,
        {
          tenantId,
          name,
          version: undefined,
          arguments: {},
          idempotencyKey: 'call',
          ...(user !== undefined && { user }),
        },
        signal,
      );
    };
    return { ...of, connections, save, call, transport };
  }

  describe('a command', () => {
    it('that nobody has approved is not started', async () => {
      const { save } = await worldWith('stdio');

      expect(await save({ approval: null })).toMatchObject({
        state: 'needsApproval',
        message: "Expected the command of 'manners' to be approved by an admin, but nobody has yet",
      });
    });

    it.each<[string, (transport: McpTransport & { kind: 'stdio' }) => McpTransport]>([
      ['program', (transport) => ({ ...transport, command: '/bin/sh' })],
      ['arguments', (transport) => ({ ...transport, args: [...transport.args, '--all'] })],
      [
        'variables',
        (transport) => ({ ...transport, env: { NODE_OPTIONS: { value: '--require=/tmp/x.js' } } }),
      ],
      ['secrets', (transport) => ({ ...transport, env: { KEY: { secret: 'ANOTHER' } } })],
    ])('whose %s are not those that were approved is not started', async (_, change) => {
      const { save, transport, connections } = await worldWith('stdio');
      if (transport.kind !== 'stdio') throw new Error('a command');
      const approval = { hash: connections.commandHash(transport), by: 'ada', at: 0 };

      expect(await save({ transport: change(transport), approval })).toMatchObject({
        state: 'needsApproval',
        message:
          "Expected the command of 'manners' as it was approved, but it has changed since; an admin approves it again",
      });
    });

    it('is not started at all where the installation starts none', async () => {
      const { save, world } = await worldWith('stdio');
      world.startProcess = undefined;

      expect(await save()).toMatchObject({
        state: 'error',
        message:
          "Expected 'manners' to be reached over HTTP, but it is a command, and this installation starts none",
      });
    });

    it('has an environment and a directory of its own, with secrets by name', async () => {
      const { save, call, secrets, transport } = await worldWith('stdio');
      if (transport.kind !== 'stdio') throw new Error('a command');
      secrets.set('SHOP', 'open-sesame');
      process.env.OUR_OWN_KEY = 'ours';
      cleanUp.push(() => {
        delete process.env.OUR_OWN_KEY;
      });
      const changed = { ...transport, env: { SHOP_KEY: { secret: 'SHOP' }, MODE: { value: 'test' } } };
      const { connections } = await worldWith('stdio');
      await save({
        transport: changed,
        approval: { hash: connections.commandHash(changed), by: 'ada', at: 0 },
      });

      const outcome = await call('environment');
      if (!outcome.ok) throw new Error(outcome.failure.message);
      const { env, cwd } = outcome.value as { env: Record<string, string>; cwd: string };
      expect(Object.keys(env).sort()).toEqual(['HOME', 'MODE', 'PATH', 'SHOP_KEY', 'TMPDIR']);
      expect(env.HOME).toBe(cwd);
      expect(cwd).toContain('mcp-');
      expect(cwd).not.toBe(process.cwd());
    });

    it('whose secret is not there is not started', async () => {
      const { save, transport, connections } = await worldWith('stdio');
      if (transport.kind !== 'stdio') throw new Error('a command');
      const changed = { ...transport, env: { SHOP_KEY: { secret: 'SHOP' } } };

      expect(
        await save({
          transport: changed,
          approval: { hash: connections.commandHash(changed), by: 'ada', at: 0 },
        }),
      ).toMatchObject({
        state: 'error',
        message: "Expected a secret 'SHOP' for the variable SHOP_KEY of 'manners', but there is none",
      });
    });

    it('that does not exist, or ends, says so', async () => {
      const { connections } = await worldWith('stdio');
      const check = (command: string, args: string[]) => {
        const transport = { kind: 'stdio' as const, command, args, env: {} };
        return connections.check(tenantId, savedServer(transport), {}, signal);
      };

      expect((await check('no-such-program', [])).status).toMatchObject({
        state: 'error',
        message: "Expected 'no-such-program' to keep running, but there is no such program",
      });
      const failing = 'console.error("no licence"); process.exit(4)';
      expect((await check(process.execPath, ['-e', failing])).status).toMatchObject({
        state: 'error',
        message: `Expected '${process.execPath}' to keep running, but it ended with code 4; it wrote: no licence`,
      });
    });

    it('that prints other things between its messages is understood', async () => {
      const { save, connections } = await worldWith('stdio', 'chatty');

      expect(await save()).toMatchObject({ state: 'connected' });
      expect(connections.messages(tenantId, 'server-1')).toContainEqual(
        expect.objectContaining({
          direction: 'received',
          message: { noMessage: 'Starting up, please wait …' },
        }),
      );
    });

    it('is ended with everything it started', async () => {
      const { connections } = await worldWith('stdio');
      const grandchild = 'require("child_process").spawn("sleep", ["1000"], {stdio: "ignore"}).pid';
      const script = `console.error("pid " + ${grandchild}); setTimeout(() => process.exit(1), 300)`;
      const transport = { kind: 'stdio' as const, command: process.execPath, args: ['-e', script], env: {} };

      const { status } = await connections.check(tenantId, savedServer(transport), {}, signal);

      const [, pid] = /pid (\d+)/.exec(status.message) ?? [];
      expect(Number(pid)).toBeGreaterThan(0);
      await vi.waitFor(() => expect(() => process.kill(Number(pid), 0)).toThrow(), patience);
    });
  });

  describe('a header', () => {
    it('that is not there yet is asked for', async () => {
      const { save } = await worldWith('http', 'locked');

      expect(await save({ auth: { kind: 'header', name: 'x-key' } })).toMatchObject({
        state: 'needsAuthorization',
        message: "Expected a token for 'manners' in the header x-key, but there is none",
      });
    });

    it('that is wrong is refused by the server', async () => {
      const { save, world } = await worldWith('http', 'locked');
      await world.credentials.change(tenantId, 'server-1', undefined, { value: 'wrong-key' });

      expect(await save({ auth: { kind: 'header', name: 'x-key' } })).toMatchObject({
        state: 'needsAuthorization',
        message: "Expected 'manners' to let us in, but it wants to know who asks (401)",
      });
    });

    it.each<Way>(['http', 'http-older', 'sse'])(
      'opens it over %s, and is nowhere to be read',
      async (way) => {
        const { save, call, world, connections } = await worldWith(way, 'locked');
        await world.credentials.change(tenantId, 'server-1', undefined, { value: 'open-sesame' });

        expect(await save({ auth: { kind: 'header', name: 'x-key' } })).toMatchObject({ state: 'connected' });
        if (way !== 'sse') expect(await call('credentials')).toMatchObject({ value: '••••••' });
        expect(JSON.stringify(connections.messages(tenantId, 'server-1'))).not.toContain('open-sesame');
      },
    );

    it('is tried before it is saved', async () => {
      const { connections, transport } = await worldWith('http', 'locked');
      const draft = savedServer(transport, { auth: { kind: 'header', name: 'x-key' } });

      const right = await connections.check(tenantId, draft, { secrets: { value: 'open-sesame' } }, signal);
      expect(right.status).toMatchObject({ state: 'connected', serverInfo: { name: 'manners' } });
      expect(right.tools.find(({ tool }) => tool === 'add')).toMatchObject({ state: 'new', accepted: null });
      const wrong = await connections.check(tenantId, draft, { secrets: { value: 'wrong' } }, signal);
      expect(wrong).toMatchObject({ status: { state: 'needsAuthorization' }, tools: [] });
    });
  });

  it('everybody’s own token; with none of theirs, the server’s, if it has one', async () => {
    const { save, call, world, connections } = await worldWith('http');
    const auth = { kind: 'user' as const, header: 'x-key' };
    await world.credentials.change(tenantId, 'server-1', 'ada', { value: 'ada-key-1' });
    expect(await save({ auth })).toMatchObject({ state: 'needsAuthorization' });

    // Its tools are not known before somebody is let in. Keys are masked for whoever reads the answers.
    expect(await connections.tools(tenantId, 'server-1')).toEqual([]);
    expect(await connections.recheck(tenantId, 'server-1', 'ada')).toMatchObject({ state: 'connected' });
    expect(await call('credentials', 'ada')).toMatchObject({ ok: true, value: '••••••' });
    await world.credentials.change(tenantId, 'server-1', undefined, { value: 'shared-key' });
    expect(await save({ auth, revision: 2 })).toMatchObject({ state: 'connected' });
    expect(await call('credentials', 'ada')).toMatchObject({ ok: true, value: '••••••' });
    expect(await call('credentials', 'grace')).toMatchObject({ ok: true, value: '••••••' });
    await world.credentials.change(tenantId, 'server-1', undefined, { value: null });
    expect(await save({ auth, revision: 3 })).toMatchObject({ state: 'needsAuthorization' });
    expect(await call('credentials', 'ada')).toMatchObject({ ok: true });
    expect(await call('credentials', 'grace')).toMatchObject({
      failure: {
        code: 'TOOL_SERVER_UNAVAILABLE',
        message: "Expected a token of yours for 'manners' in the header x-key, but there is none",
      },
    });
  });

  it('nothing when it is switched off', async () => {
    const { save, connections, world } = await worldWith('http');
    await save();
    expect(await save({ enabled: false, revision: 2 })).toEqual({
      state: 'disabled',
      message: '',
      checkedAt: null,
    });

    expect(await connections.source.list(tenantId)).toEqual([]);
    expect(await connections.source.list('another')).toEqual([]);
    expect(await world.servers.get('another', 'server-1')).toBeUndefined();
  });
});

describe('a connection', { timeout: 60_000 }, () => {
  it('that died unnoticed is found dead, tried again later, and back when the server is', async () => {
    const { transport, stop } = await startServer('http');
    const of = worldOfServers();
    of.servers.set('server-1', savedServer(transport));
    const connections = createMcpConnections(of.world);
    const status = () => connections.status(tenantId, 'server-1');
    await connections.start(tenantId);
    await vi.waitFor(() => expect(status().state).toBe('connected'), patience);

    of.passed(30_000);
    await vi.waitFor(() => expect(status().latency).toBeGreaterThanOrEqual(0), patience);
    stop();
    of.passed(30_000);
    await vi.waitFor(
      () =>
        expect(status()).toMatchObject({
          state: 'error',
          message: "Expected 'manners' to answer as an MCP server, but nobody listens at its address",
        }),
      patience,
    );

    const again = await startServer('http');
    of.servers.set('server-1', savedServer(again.transport));
    const known = of.servers.get('server-1');
    if (known) known.revision = 2;
    await connections.serverChanged(tenantId, 'server-1');
    await vi.waitFor(() => expect(status().state).toBe('connected'), patience);
    await connections.close();
    again.stop();
  });

  it.each([
    ['http', 'http', 'nobody listens at its address'],
    ['sse', 'http', 'nobody listens at its address'],
    ['http', 'https', 'no HTTPS is spoken there'],
  ] as const)('over %s that cannot be made says why', async (kind, protocol, reason) => {
    const listening = protocol === 'https' ? await startServer('http') : undefined;
    const { world } = worldOfServers();
    const origin = listening?.origin.replace('http:', 'https:') ?? (await originOfNobody());
    const connections = createMcpConnections(world);

    const { status } = await connections.check(
      tenantId,
      savedServer({ kind, url: `${origin}/mcp` }),
      {},
      signal,
    );

    expect(status).toMatchObject({
      state: 'error',
      message: `Expected 'manners' to answer as an MCP server, but ${reason}`,
    });
    listening?.stop();
  });

  it('whose session the server has forgotten begins another, and the call is made', async () => {
    const { transport, origin, stop } = await startServer('http-older');
    const of = worldOfServers();
    of.servers.set('server-1', savedServer(transport));
    const connections = createMcpConnections(of.world);
    const found = await connections.source.get(tenantId, 'manners.add', undefined);
    if (!found) throw new Error('no tool');

    await fetch(`${origin}/forget`);

    const call = {
      tenantId,
      name: 'manners.add',
      version: undefined,
      arguments: { a: 1, b: 2 },
      idempotencyKey: 'call',
    };
    expect(await connections.source.run(found, call, signal)).toMatchObject({ ok: true, value: { sum: 3 } });
    await connections.close();
    stop();
  });
});

/** Where somebody listened a moment ago. */
async function originOfNobody(): Promise<string> {
  const { origin, stop } = await startServer('http');
  stop();
  await vi.waitFor(() => expect(fetch(origin)).rejects.toThrow(), patience);
  return origin;
}
