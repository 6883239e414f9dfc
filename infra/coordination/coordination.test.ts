import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coordinationSuite } from './coordination.suite.ts';
import { embeddedEvents } from './embeddedEvents.ts';
import { embeddedWindows } from './embeddedWindows.ts';
import { eventsSuite } from './events.suite.ts';
import { openCoordination } from './index.ts';
import { redisNotices } from './redisNotices.ts';
import { slidingWindowModel } from './slidingWindowModel.ts';

let time = 1_000_000;

coordinationSuite('embedded coordination', async () => ({
  open: () =>
    openCoordination({ redisUrl: undefined, now: () => time, after: () => () => {}, newId: () => 'one' }),
  pass: async (ms) => {
    time += ms;
  },
  shared: false,
  dispose: async () => {},
}));

eventsSuite('embedded events', async () => ({
  open: () =>
    openCoordination({ redisUrl: undefined, now: () => time, after: () => () => {}, newId: () => 'one' }),
  shared: false,
  dispose: async () => {},
}));

it('numbers events upwards over restarts, and does not take up what was before', () => {
  let at = 1_000_000;
  const places: number[] = [];
  const follow = (after?: number) =>
    embeddedEvents({ now: () => at, after: () => () => {} }).follow({ name: 'acme/tools' }, after, {
      begun: (id) => places.push(id),
      lost: (id) => places.push(-id),
      heard: () => {},
    });
  follow();
  at += 1;
  follow(places[0]);

  expect(places).toEqual([1_000_000_000, -1_000_001_000]);
});

it('forgets a stream two minutes after the last follower left, unless somebody comes back', () => {
  let waiting: (() => void)[] = [];
  const events = embeddedEvents({
    now: () => 1,
    after(delay, call) {
      expect(delay).toBe(120_000);
      waiting.push(call);
      return () => {
        waiting = waiting.filter((other) => other !== call);
      };
    },
  });
  const nobody = { begun() {}, lost() {}, heard() {} };
  const stream = { name: 'acme/tools' };
  events.follow(stream, undefined, nobody)();
  expect([waiting.length, events.isFollowed(stream)]).toEqual([1, true]);
  const end = events.follow(stream, undefined, nobody);
  expect(waiting).toEqual([]);
  end();
  waiting[0]!();
  expect(events.isFollowed(stream)).toBe(false);
});

it('is the sliding window by its definition, whatever is taken when', async () => {
  const step = fc.record({
    wait: fc.integer({ min: 0, max: 60 }),
    keys: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 }),
    limit: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      let at = 0;
      const windows = embeddedWindows(() => at);
      const model = slidingWindowModel();
      for (const { wait, keys, limit } of steps) {
        at += wait;
        const wanted = keys.map((key, n) => ({ key, limit: limit + n, span: 100 }));
        const taken = await windows.take(wanted);
        expect(taken).toMatchObject({ ok: true, value: model.take(wanted, at) });
        // What it says about later is so: nothing is let through before, and something then.
        if (!taken.ok || taken.value.allowed || limit === 0) continue;
        const { retryAfter } = taken.value;
        expect([
          model.wouldAllow(wanted, at + retryAfter - 1),
          model.wouldAllow(wanted, at + retryAfter),
        ]).toEqual([false, true]);
      }
    }),
  );
});

it('does not let a clock that goes back open a window', async () => {
  let at = 10_000;
  const windows = embeddedWindows(() => at);
  const wanted = [{ key: 'a', limit: 1, span: 100 }];
  await windows.take(wanted);
  at = 0;
  await windows.take(wanted);
  at = 10_099;

  expect(await windows.take(wanted)).toMatchObject({ value: { allowed: false, retryAfter: 1 } });
});

it('keeps no more than it may: full, it refuses; later, it has forgotten', async () => {
  let at = 0;
  const windows = embeddedWindows(() => at, 100);
  const visit = (n: number) => windows.take([{ key: `address/${n}`, limit: 10, span: 1_000 }]);
  for (let n = 0; n < 100; n++) await visit(n);

  const full = await visit(100);
  at = 1_000;
  const answers = [];
  for (let n = 0; n < 60; n++) answers.push((await visit(1_000 + n)).ok);

  expect(full).toMatchObject({ ok: false, failure: { code: 'UNAVAILABLE' } });
  expect(answers.filter((ok) => !ok).length).toBeLessThan(2);
});

it('sends what could not be sent when the service is back, and says "forget everything" instead of too much', async () => {
  const sent: string[] = [];
  let away = true;
  const notices = redisNotices('one', async (text) => {
    if (away) throw new Error('away');
    sent.push(text);
  });
  await notices.publish({ kind: 'member', tenantId: 'acme', id: 'ann' });
  away = false;
  await notices.flush();
  expect(sent).toEqual(['{"from":"one","notice":{"kind":"member","tenantId":"acme","id":"ann"}}']);

  away = true;
  for (let n = 0; n < 1_001; n++) await notices.publish({ kind: 'member', tenantId: 'acme', id: String(n) });
  away = false;
  await notices.flush();
  expect(sent.slice(1)).toEqual(['{"from":"one"}']);
});
