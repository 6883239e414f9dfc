import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMcpConnections } from '../../index.ts';
import { startServer } from './test/startServer.ts';
import { savedServer, tenantId, worldOfServers } from './test/worldOfServers.ts';

const patience = { timeout: 20_000, interval: 20 };
const signal = new AbortController().signal;

describe('what is known of a server', { timeout: 60_000 }, () => {
  const cleanUp: (() => unknown)[] = [];
  afterEach(async () => {
    for (const each of cleanUp.splice(0).reverse()) await each();
  });

  async function savedOver() {
    const { transport, stop } = await startServer('http');
    cleanUp.push(stop);
    const of = worldOfServers();
    of.servers.set('server-1', savedServer(transport));
    const process = async () => {
      const connections = createMcpConnections(of.world);
      cleanUp.push(() => connections.close());
      await connections.start(tenantId);
      await vi.waitFor(
        () => expect(connections.status(tenantId, 'server-1').state).toBe('connected'),
        patience,
      );
      const call = async (tool: string, input = {}) => {
        const name = `manners.${tool}`;
        const found = await connections.source.get(tenantId, name, undefined);
        if (!found) throw new Error(`no tool ${name}`);
        const call = { tenantId, name, version: undefined, arguments: input, idempotencyKey: 'call' };
        return connections.source.run(found, call, signal);
      };
      const echo = async () =>
        (await connections.tools(tenantId, 'server-1')).find(({ tool }) => tool === 'echo') ?? {
          state: undefined,
          hash: '',
        };
      return { connections, call, echo };
    };
    return { ...of, process };
  }

  it('is the same in every process: what one sees or accepts holds for the others', async () => {
    const { process } = await savedOver();
    const [first, second] = await Promise.all([process(), process()]);

    await first.call('change', { silently: true });
    await first.connections.recheck(tenantId, 'server-1');
    expect(await first.call('echo', { text: 'hi' })).toMatchObject({ failure: { code: 'TOOL_QUARANTINED' } });
    second.connections.locksChanged(tenantId, 'server-1');
    expect(await second.call('echo', { text: 'hi' })).toMatchObject({
      failure: { code: 'TOOL_QUARANTINED' },
    });

    const taken = [{ tool: 'echo', hash: (await second.echo()).hash }];
    expect(await second.connections.accept(tenantId, 'server-1', taken, 'grace')).toMatchObject({ ok: true });
    first.connections.locksChanged(tenantId, 'server-1');
    expect(await first.call('echo', { text: 'hi' })).toMatchObject({ ok: true, value: 'hi', version: 2 });
  });

  it('is accepted as it was looked at, or not at all', async () => {
    const { process } = await savedOver();
    const { connections, call, echo } = await process();
    const { hash } = await echo();
    await call('change');
    await vi.waitFor(async () => expect((await echo()).state).toBe('quarantined'), patience);

    expect(await connections.accept(tenantId, 'server-1', [{ tool: 'echo', hash }], 'grace')).toEqual({
      ok: false,
      failure: {
        code: 'MCP_TOOL_CHANGED',
        message:
          "Expected 'manners.echo' as it was when it was looked at, but it has changed again or is gone",
      },
    });
    expect((await echo()).state).toBe('quarantined');
  });

  it('is of its tenant only', async () => {
    const { process } = await savedOver();
    const { connections } = await process();

    expect(await connections.source.get('another', 'manners.echo', undefined)).toBeUndefined();
    expect(await connections.source.list('another')).toEqual([]);
    expect(await connections.tools('another', 'server-1')).toEqual([]);
    expect(connections.messages('another', 'server-1')).toEqual([]);
    expect(await connections.accept('another', 'server-1', [], 'mallory')).toMatchObject({
      failure: { code: 'MCP_SERVER_NOT_FOUND' },
    });
    expect(
      await connections.request('another', 'server-1', { method: 'tools/list' }, {}, signal),
    ).toMatchObject({
      failure: { code: 'MCP_SERVER_NOT_FOUND' },
    });
  });

  it('stays when the store fails: it is said, and tried again', async () => {
    const { world, process } = await savedOver();
    const reported: unknown[] = [];
    world.report = (error) => reported.push(error);
    const { connections } = await process();
    const broken = new Error('the store is gone');
    const get = vi.spyOn(world.locks, 'get').mockRejectedValue(broken);
    const put = vi.spyOn(world.credentials, 'get').mockRejectedValue(broken);
    connections.locksChanged(tenantId, 'server-1');

    expect((await connections.recheck(tenantId, 'server-1')).state).toBe('error');
    get.mockRestore();
    put.mockRestore();
    expect(await connections.recheck(tenantId, 'server-1')).toMatchObject({ state: 'connected' });
  });

  it('goes when it is deleted, and its connection with it', async () => {
    const { servers, process } = await savedOver();
    const { connections } = await process();

    servers.delete('server-1');
    await connections.serverChanged(tenantId, 'server-1');

    expect(await connections.source.list(tenantId)).toEqual([]);
    expect(await connections.source.get(tenantId, 'manners.echo', undefined)).toBeUndefined();
    expect(await connections.recheck(tenantId, 'server-1')).toMatchObject({
      state: 'error',
      message: 'Expected a server server-1, but there is none',
    });
  });

  it('leaves names of the product’s own sources, and names without a source, to others', async () => {
    const { source } = createMcpConnections(worldOfServers().world);

    expect(['manners.echo', 'shop.orders.list'].map(source.owns)).toEqual([true, true]);
    expect(['http.request', 'sql.query', 'orders'].map(source.owns)).toEqual([false, false, false]);
  });
});
