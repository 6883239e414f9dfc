import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { type Gateways, openGateways, type Server } from '../load/gateways.ts';
import { hasRedis, type RealRedis, startRealRedis } from './redis.ts';

interface Heard {
  type: string;
  id: number;
  data?: { id: string; name: string; change: string };
}

const patience = { timeout: 20_000 };

describe.skipIf(!hasRedis())('live topics of two gateways over one Redis (redis-server)', () => {
  let redis: RealRedis;
  let gateways: Gateways;
  let pair: [Server, Server];
  let token: string;
  const open: WebSocket[] = [];
  beforeAll(async () => {
    redis = await startRealRedis();
    gateways = await openGateways();
    await gateways.store.tenants.create({ id: 'acme', name: 'Acme', at: new Date(0) });
    pair = [await gateways.start(redis.url, 1_000_000), await gateways.start(redis.url, 1_000_000)];
    token = await gateways.token({ sub: 'ann', tenant: 'acme', roles: ['owner'] });
  });
  afterEach(() => {
    for (const socket of open.splice(0)) socket.terminate();
  });
  afterAll(async () => {
    await gateways?.dispose();
    await redis?.stop();
  });

  /** Follows agents and writes down what comes. */
  async function follow({ port }: Server, after?: number) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ['baton', `bearer.${token}`]);
    open.push(socket);
    const heard: Heard[] = [];
    socket.on('message', (text) => heard.push(JSON.parse(String(text))));
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', resolve);
    });
    socket.send(JSON.stringify({ type: 'subscribe', topic: 'agents', ...(after ? { after } : {}) }));
    await expect.poll(() => heard.length, patience).toBeGreaterThan(0);
    return {
      heard,
      events: () => heard.filter(({ type }) => type === 'event'),
      names: () => heard.flatMap(({ data }) => (data ? [data.name] : [])),
      broken: new Promise((resolve) => socket.on('close', resolve)),
    };
  }
  let made = 0;
  const create = async ({ port }: Server) => {
    const name = `agent-${made++}`;
    const content = { provider: 'mock', model: 'mock-1', systemPrompt: 'You are brief.' };
    const answer = await fetch(`http://127.0.0.1:${port}/api/agents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, content, message: '' }),
    });
    return { name, status: answer.status };
  };

  it('hear the same events of both, in one order under the same ids', async () => {
    const [here, there] = pair;
    const followers = [await follow(here), await follow(there)];
    await Promise.all(Array.from({ length: 20 }, (_, n) => create(n % 2 ? here : there)));
    for (const { events } of followers) await expect.poll(() => events().length, patience).toBe(20);

    expect(followers[0]!.events()).toEqual(followers[1]!.events());
  });

  it('lose nothing when a gateway is killed: its client goes on at the other one', async () => {
    const [here, there] = pair;
    const witness = await follow(there);
    const before = await follow(here);
    await create(there);
    await expect.poll(() => before.events().length, patience).toBe(1);
    process.kill(here.pid, 'SIGKILL');
    await before.broken;
    for (let n = 0; n < 10; n++) await create(there);
    const after = await follow(there, before.events()[0]!.id);
    await expect.poll(() => after.events().length, patience).toBe(10);
    await expect.poll(() => witness.events().length, patience).toBe(11);

    expect([...before.events(), ...after.events()]).toEqual(witness.events());
    pair[0] = await gateways.start(redis.url, 1_000_000);
  });

  it('say reset when Redis has died, and go on when it is back', async () => {
    const [here, there] = pair;
    const follower = await follow(there);
    const { id } = follower.heard[0]!;
    await redis.stop();
    await expect.poll(async () => (await create(here)).status, patience).toBe(503);
    await redis.start();
    await expect.poll(() => follower.heard.some(({ type }) => type === 'reset'), patience).toBe(true);
    let last = await create(here);
    await expect
      .poll(async () => {
        if (last.status !== 201) last = await create(here);
        return last.status;
      }, patience)
      .toBe(201);
    await expect.poll(() => follower.names().at(-1), patience).toBe(last.name);

    const late = await follow(here, id);
    expect(late.heard[0]!.type).toBe('reset');
  });
});
