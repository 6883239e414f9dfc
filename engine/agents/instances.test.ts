import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAgentInstances } from './instances.ts';

const IDLE = 1_000;

/** Time driven by hand: what is scheduled is called when the clock passes it. */
function handClock() {
  let now = 0;
  const waiting = new Set<{ at: number; call: () => void }>();
  return {
    now: () => now,
    schedule(ms: number, call: () => void) {
      const one = { at: now + ms, call };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    pass(ms: number) {
      now += ms;
      for (const one of [...waiting].sort((a, b) => a.at - b.at)) {
        if (one.at <= now && waiting.delete(one)) one.call();
      }
    },
    waiting: () => waiting.size,
  };
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function setUp(create: (key: string) => Promise<string> = async (key) => `instance of ${key}`) {
  const clock = handClock();
  const made: string[] = [];
  const instances = createAgentInstances<string>({
    idleAfter: IDLE,
    now: clock.now,
    schedule: clock.schedule,
    create(key) {
      made.push(key);
      return create(key);
    },
  });
  return { clock, made, instances };
}

/** Lets everything that waits for nothing else come to its end. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('agent instances', () => {
  test('a thousand who ask at once for a few assignments make one instance each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1_000, maxLength: 1_000 }),
        fc.array(fc.boolean(), { minLength: 1_000, maxLength: 1_000 }),
        async (keys, uses) => {
          const { instances, made } = setUp(async (key) => {
            await settled();
            return `instance of ${key}`;
          });
          const got = await Promise.all(
            keys.map(async (key, index) => {
              if (!uses[index]) return instances.getOrCreate(key);
              const used = await instances.use(key, async (instance) => instance);
              return used.ok ? used.value : used.failure.code;
            }),
          );
          expect(got).toEqual(keys.map((key) => `instance of ${key}`));
          expect(made.sort()).toEqual([...new Set(keys)].sort());
        },
      ),
      { numRuns: 20 },
    );
  });

  test('an instance that nothing uses is collected, and the next job makes it again', async () => {
    const { instances, clock, made } = setUp();
    await instances.getOrCreate('a');
    clock.pass(IDLE - 1);
    expect(instances.state('a')).toEqual({ state: 'idle', running: 0, startedAt: 0, lastUsedAt: 0 });
    await instances.use('a', async () => {});
    clock.pass(IDLE - 1);
    expect(instances.state('a').state).toBe('idle');
    clock.pass(1);
    expect(instances.state('a')).toEqual({
      state: 'collected',
      running: 0,
      startedAt: 0,
      lastUsedAt: IDLE - 1,
    });
    await instances.getOrCreate('a');
    expect({ made, state: instances.state('a').state }).toEqual({ made: ['a', 'a'], state: 'idle' });
  });

  test('an instance at work is not collected, however long that takes', async () => {
    const { instances, clock } = setUp();
    const [first, second] = [deferred<string>(), deferred<string>()];
    const works = [instances.use('a', () => first.promise), instances.use('a', () => second.promise)];
    await settled();
    clock.pass(10 * IDLE);
    expect(instances.state('a')).toMatchObject({ state: 'running', running: 2 });
    first.resolve('one');
    await works[0];
    clock.pass(10 * IDLE);
    expect(instances.state('a')).toMatchObject({ state: 'running', running: 1 });
    second.resolve('two');
    expect(await Promise.all(works)).toEqual([
      { ok: true, value: 'one' },
      { ok: true, value: 'two' },
    ]);
    expect(instances.state('a').state).toBe('idle');
    clock.pass(IDLE);
    expect(instances.state('a').state).toBe('collected');
  });

  test('an instance that cannot be made fails those who wait for it, and is tried again by the next', async () => {
    let failing = true;
    const { instances, made, clock } = setUp(async (key) => {
      await settled();
      if (failing && key === 'a') throw new Error('no definition');
      return key;
    });
    const asked = await Promise.allSettled([
      instances.getOrCreate('a'),
      instances.use('a', async () => 'done'),
      instances.getOrCreate('b'),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(instances.state('a')).toMatchObject({ state: 'collected', running: 0 });
    failing = false;
    expect(await instances.use('a', async (instance) => instance)).toEqual({ ok: true, value: 'a' });
    expect(made).toEqual(['a', 'b', 'a']);
    clock.pass(IDLE);
    expect([instances.state('a').state, clock.waiting()]).toEqual(['collected', 0]);
  });

  test('a maker that throws at once is as one that fails', async () => {
    const { instances } = setUp(() => {
      throw new Error('broken');
    });
    await expect(instances.getOrCreate('a')).rejects.toThrow('broken');
    expect(instances.state('a').state).toBe('collected');
  });

  test('an ended instance takes no new work, and what it is at ends as it began', async () => {
    const { instances } = setUp();
    const running = deferred<string>();
    const work = instances.use('a', () => running.promise);
    await settled();
    instances.end('a');
    expect(await instances.use('a', async () => 'too late')).toEqual({
      ok: false,
      failure: { code: 'INSTANCE_ENDED' },
    });
    expect(instances.state('a')).toMatchObject({ state: 'running', running: 1 });
    running.resolve('done');
    expect(await work).toEqual({ ok: true, value: 'done' });
    expect(instances.state('a')).toEqual({
      state: 'collected',
      running: 0,
      startedAt: undefined,
      lastUsedAt: undefined,
    });
  });

  test('work that fails touches neither its instance nor any other', async () => {
    const { instances, made } = setUp();
    const other = deferred<string>();
    const others = [instances.use('a', () => other.promise), instances.use('b', () => other.promise)];
    await expect(instances.use('a', () => Promise.reject(new Error('its own')))).rejects.toThrow('its own');
    expect([instances.state('a').running, instances.state('b').running]).toEqual([1, 1]);
    other.resolve('fine');
    expect(await Promise.all(others)).toEqual([
      { ok: true, value: 'fine' },
      { ok: true, value: 'fine' },
    ]);
    expect(made).toEqual(['a', 'b']);
  });

  test('whatever happens in whatever order, one instance lives for a key, and none is left waiting', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('use' as const), key: fc.constantFrom('a', 'b') }),
      fc.record({ kind: fc.constant('finish' as const), nth: fc.nat(20), fails: fc.boolean() }),
      fc.record({ kind: fc.constant('end' as const), key: fc.constantFrom('a', 'b') }),
      fc.record({ kind: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 2 * IDLE }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const { instances, clock } = setUp();
        const open: { key: string; work: ReturnType<typeof deferred<string>> }[] = [];
        const all: Promise<unknown>[] = [];
        for (const each of steps) {
          if (each.kind === 'pass') clock.pass(each.ms);
          else if (each.kind === 'end') instances.end(each.key);
          else if (each.kind === 'use') {
            const work = deferred<string>();
            const used = instances.use(each.key, () => work.promise).catch(() => 'failed');
            all.push(used);
            const outcome = await Promise.race([used, settled().then(() => 'running')]);
            if (outcome === 'running') open.push({ key: each.key, work });
          } else {
            const [one] = open.splice(each.nth % Math.max(1, open.length), 1);
            if (!one) continue;
            if (each.fails) one.work.reject(new Error('its own'));
            else one.work.resolve('done');
            await settled();
          }
          for (const key of ['a', 'b']) {
            const running = open.filter((one) => one.key === key).length;
            expect(instances.state(key).running).toBe(running);
          }
        }
        for (const { work } of open) work.resolve('done');
        await Promise.all(all);
        clock.pass(IDLE);
        expect([instances.state('a').state, instances.state('b').state]).toEqual(['collected', 'collected']);
        expect(clock.waiting()).toBe(0);
      }),
    );
  });
});
