import { expect, it } from 'vitest';
import { manualTimers, settled } from '../test/manualTimers.ts';
import { createLive, type LiveOptions, type Socket } from './live.ts';

function setUp(told: Partial<LiveOptions> = {}) {
  const time = manualTimers();
  const sockets: (Socket & { sent: unknown[]; protocols: string[]; receive(message: unknown): void })[] = [];
  const live = createLive({
    ...time,
    token: async () => 'tok',
    open(protocols: string[]) {
      const sent: unknown[] = [];
      const socket = {
        protocols,
        sent,
        send: (text: string) => void sent.push(JSON.parse(text)),
        close: () => undefined,
        onopen: null,
        onmessage: null,
        onclose: null,
        receive(message: unknown) {
          (socket as Socket).onmessage?.({ data: JSON.stringify(message) });
        },
      };
      sockets.push(socket);
      return socket;
    },
    ...told,
  });
  return { ...time, live, sockets };
}

it('opens with the token as sub-protocol and subscribes what was asked for before', async () => {
  const { live, sockets } = setUp();
  live.subscribeTopic('workflows', { event: () => undefined });
  live.start();
  await settled();
  sockets[0]!.onopen?.();

  expect(sockets[0]!.protocols).toEqual(['baton', 'bearer.tok']);
  expect(sockets[0]!.sent).toEqual([{ type: 'subscribe', topic: 'workflows' }]);
  expect(live.getState()).toEqual({ state: 'live' });
});

it('resumes behind the last event after a break, waiting longer each time', async () => {
  const { live, sockets, advance, clock } = setUp();
  const seen: unknown[] = [];
  live.subscribeTopic('instances', { event: (data) => seen.push(data), reset: () => seen.push('reset') });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.receive({ type: 'subscribed', topic: 'instances', id: 4 });
  advance(2_000);
  sockets[0]!.receive({ type: 'event', topic: 'instances', id: 7, data: 'seven' });

  sockets[0]!.onclose?.({});
  expect(live.getState()).toEqual({ state: 'offline', since: clock.now() });
  advance(500);
  await settled();
  sockets[1]!.onclose?.({});
  advance(500);
  await settled();
  expect(sockets).toHaveLength(2);
  advance(500);
  await settled();
  sockets[2]!.onopen?.();
  sockets[2]!.receive({ type: 'subscribed', topic: 'instances', id: 7 });
  sockets[2]!.receive({ type: 'event', topic: 'instances', id: 8, data: 'eight' });

  expect(sockets[2]!.sent).toEqual([{ type: 'subscribe', topic: 'instances', after: 7 }]);
  expect(seen).toEqual(['reset', 'seven', 'eight']);
});

it('asks to read again what the page began with once it is drawn, and what is opened later at once', async () => {
  const { live, sockets, advance } = setUp();
  const asked: string[] = [];
  live.subscribeTopic('agents', { event: () => undefined, reset: () => asked.push('agents') });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });
  live.subscribeTopic('instance:7', { event: () => undefined, reset: () => asked.push('instance') });
  sockets[0]!.receive({ type: 'subscribed', topic: 'instance:7', id: 1 });
  expect(asked).toEqual(['instance']);

  advance(2_000);
  expect(asked).toEqual(['instance', 'agents']);
});

it('asks to read again what a slow server hears of when the rest of the start is over', async () => {
  const { live, sockets, advance } = setUp();
  const asked: string[] = [];
  for (const topic of ['agents', 'tools'] as const)
    live.subscribeTopic(topic, { event: () => undefined, reset: () => asked.push(topic) });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });
  advance(2_000);
  sockets[0]!.receive({ type: 'subscribed', topic: 'tools', id: 1 });
  advance(2_000);

  expect(asked).toEqual(['agents', 'tools']);
});

it('asks to read again at once when there was no connection as the page began', async () => {
  const { live, sockets, advance } = setUp();
  let resets = 0;
  live.subscribeTopic('agents', { event: () => undefined, reset: () => resets++ });
  live.start();
  await settled();
  sockets[0]!.onclose?.({});
  advance(500);
  await settled();
  sockets[1]!.onopen?.();
  sockets[1]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });

  expect(resets).toBe(1);
});

it('asks to read again when the server cannot resume', async () => {
  const { live, sockets, advance } = setUp();
  let resets = 0;
  live.subscribeTopic('agents', { event: () => undefined, reset: () => resets++ });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });
  advance(2_000);

  sockets[0]!.receive({ type: 'reset', topic: 'agents', id: 90 });

  expect(resets).toBe(2);
});

it('unsubscribes when the last listener is gone', async () => {
  const { live, sockets } = setUp();
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  const one = live.subscribeTopic('tools', { event: () => undefined });
  const two = live.subscribeTopic('tools', { event: () => undefined });
  one.dispose();
  two.dispose();

  expect(sockets[0]!.sent).toEqual([
    { type: 'subscribe', topic: 'tools' },
    { type: 'unsubscribe', topic: 'tools' },
  ]);
});

it('says when what one may do has changed, and reads what is open again', async () => {
  let changed = 0;
  const { live, sockets } = setUp({ accessChanged: () => changed++ });
  const seen: unknown[] = [];
  live.start();
  await settled();
  const [socket] = sockets;
  socket!.onopen?.();
  live.subscribeTopic('agents', { event: (data) => seen.push(data), reset: () => seen.push('read') });
  live.subscribeTopic('tools', { event: () => undefined });
  socket!.receive({ type: 'subscribed', topic: 'agents', id: 4 });
  socket!.receive({ type: 'subscribed', topic: 'tools', id: 2 });
  socket!.sent.length = 0;

  socket!.receive({ type: 'ended', topic: 'agents', error_code: 'PERMISSION_DENIED', message: 'no' });
  socket!.receive({ type: 'access' });
  expect(changed).toBe(1);
  expect(socket!.sent).toEqual([{ type: 'subscribe', topic: 'agents' }]);

  socket!.receive({ type: 'error', topic: 'agents', error_code: 'PERMISSION_DENIED', message: 'no' });
  socket!.receive({ type: 'access' });
  socket!.receive({ type: 'subscribed', topic: 'agents', id: 9 });
  expect(seen).toEqual(['read', 'read']);
});

it('says when one is shut out, asks again now and then, and says when one is let in', async () => {
  const told: (string | undefined)[] = [];
  const { live, sockets, advance } = setUp({ shutOut: (code) => told.push(code) });
  live.subscribeTopic('agents', { event: () => undefined });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.onclose?.({ code: 4403, reason: 'TENANT_SUSPENDED' });
  advance(14_000);
  await settled();
  expect(sockets).toHaveLength(1);
  advance(1_000);
  await settled();
  sockets[1]!.onopen?.();
  expect(told).toEqual(['TENANT_SUSPENDED']);
  sockets[1]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });
  expect(told).toEqual(['TENANT_SUSPENDED', undefined]);
});

it('takes a connection that does not answer for broken, and goes on behind the last event on a new one', async () => {
  const { live, sockets, advance } = setUp();
  const seen: unknown[] = [];
  live.subscribeTopic('agents', { event: (data) => seen.push(data) });
  live.start();
  await settled();
  const [broken] = sockets;
  broken!.onopen?.();
  broken!.receive({ type: 'subscribed', topic: 'agents', id: 4 });
  broken!.receive({ type: 'event', topic: 'agents', id: 5, data: 'five' });
  advance(25_000);
  broken!.receive({ type: 'pong' });
  advance(25_000);
  expect(live.getState().state).toBe('live');
  advance(10_000);
  expect(live.getState().state).toBe('offline');
  advance(500);
  await settled();
  sockets[1]!.onopen?.();
  // What the old one still says is not heard twice.
  broken!.receive({ type: 'event', topic: 'agents', id: 6, data: 'six, late' });
  sockets[1]!.receive({ type: 'subscribed', topic: 'agents', id: 5 });
  sockets[1]!.receive({ type: 'event', topic: 'agents', id: 6, data: 'six' });

  expect(sockets[1]!.sent).toEqual([{ type: 'subscribe', topic: 'agents', after: 5 }]);
  expect(seen).toEqual(['five', 'six']);
});

it('tries again when a connection does not open, and when there is no token for want of a network', async () => {
  let offline = true;
  const { live, sockets, advance } = setUp({
    token: () => (offline ? Promise.reject(new Error('offline')) : Promise.resolve('tok')),
  });
  live.start();
  await settled();
  expect([live.getState().state, sockets.length]).toEqual(['offline', 0]);
  offline = false;
  advance(500);
  await settled();
  expect(sockets).toHaveLength(1);
  advance(10_000);
  advance(1_000);
  await settled();
  expect(sockets).toHaveLength(2);
});

it('comes back at once when the network does, and asks whether the connection stands when it went', async () => {
  let network: (online: boolean) => void = () => undefined;
  const { live, sockets } = setUp({
    network: {
      watch(changed) {
        network = changed;
        return { dispose: () => undefined };
      },
    },
  });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  network(false);
  expect(sockets[0]!.sent).toEqual([{ type: 'ping' }]);
  sockets[0]!.onclose?.({});
  network(true);
  await settled();
  expect(sockets).toHaveLength(2);
});

it('does not come back at the same moment as everybody else', async () => {
  const { live, sockets, advance } = setUp({ random: () => 0.5 });
  live.start();
  await settled();
  sockets[0]!.onclose?.({});
  advance(374);
  await settled();
  expect(sockets).toHaveLength(1);
  advance(1);
  await settled();
  expect(sockets).toHaveLength(2);
});

it('waits longer each time for a server that lets it in and drops it', async () => {
  const { live, sockets, advance } = setUp();
  live.start();
  await settled();
  for (const wait of [500, 1_000, 2_000]) {
    sockets.at(-1)!.onopen?.();
    sockets.at(-1)!.onclose?.({});
    const before = sockets.length;
    advance(wait - 1);
    await settled();
    expect(sockets).toHaveLength(before);
    advance(1);
    await settled();
    expect(sockets).toHaveLength(before + 1);
  }
});

it('asks for a fresh token when the one it has ended', async () => {
  const asked: (boolean | undefined)[] = [];
  const { live, sockets, advance } = setUp({
    token: async (fresh) => {
      asked.push(fresh);
      return 'tok';
    },
  });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.onclose?.({ code: 4401, reason: 'TOKEN_EXPIRED' });
  advance(500);
  await settled();
  expect(asked).toEqual([false, true]);
});

it('reads what is opened again, though an event of before was still on its way', async () => {
  const { live, sockets } = setUp();
  const seen: unknown[] = [];
  const listener = { event: (data: unknown) => seen.push(data), reset: () => seen.push('read') };
  live.start();
  await settled();
  const [socket] = sockets;
  socket!.onopen?.();
  const before = live.subscribeTopic('agents', listener);
  socket!.receive({ type: 'subscribed', topic: 'agents', id: 4 });
  before.dispose();
  live.subscribeTopic('agents', listener);
  socket!.receive({ type: 'event', topic: 'agents', id: 5, data: 'on its way' });
  socket!.receive({ type: 'subscribed', topic: 'agents', id: 5 });
  socket!.receive({ type: 'event', topic: 'agents', id: 6, data: 'six' });

  expect(seen).toEqual(['read', 'read', 'six']);
});
