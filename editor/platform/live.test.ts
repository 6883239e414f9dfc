import { expect, it } from 'vitest';
import { manualTimers, settled } from '../test/manualTimers.ts';
import { createLive, type Socket } from './live.ts';

function setUp() {
  const time = manualTimers();
  const sockets: (Socket & { sent: unknown[]; protocols: string[]; receive(message: unknown): void })[] = [];
  const live = createLive({
    ...time,
    token: async () => 'tok',
    open(protocols) {
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
  sockets[0]!.receive({ type: 'event', topic: 'instances', id: 7, data: 'seven' });

  sockets[0]!.onclose?.();
  expect(live.getState()).toEqual({ state: 'offline', since: clock.now() });
  advance(500);
  await settled();
  sockets[1]!.onclose?.();
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

it('asks to read again when the server cannot resume', async () => {
  const { live, sockets } = setUp();
  let resets = 0;
  live.subscribeTopic('agents', { event: () => undefined, reset: () => resets++ });
  live.start();
  await settled();
  sockets[0]!.onopen?.();
  sockets[0]!.receive({ type: 'subscribed', topic: 'agents', id: 1 });

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
