import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startInThread } from './inThread.ts';
import { createSandboxPool } from './pool.ts';
import type { AskHost, HostAnswer, SandboxJob, SandboxRunner } from './runner.ts';
import type { SliceDone, StartThread } from './thread.ts';

const never = new AbortController().signal;
const limits = { timeout: 1_000, memory: 16_000_000 };

function job(body: string, owner = 'acme'): SandboxJob {
  return {
    code: `export default { async run(input, context) { ${body} } };`,
    input: {},
    limits,
    owner,
  };
}

/** Time that passes when a test says so. */
function testTime() {
  let time = 0;
  let timers: { at: number; call: () => void }[] = [];
  return {
    now: () => time,
    schedule(ms: number, call: () => void) {
      const timer = { at: time + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    advance(ms: number) {
      const until = time + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        time = next.at;
        next.call();
      }
      time = until;
    },
  };
}

/** Lets everything happen that needs no time, until it has led to what is waited for. */
async function until(happened: () => boolean) {
  while (!happened()) await new Promise((resolve) => setImmediate(resolve));
}

let time: ReturnType<typeof testTime>;
let pool: SandboxRunner;
/** Threads that were started and not ended; a slice of a call that logs `busy` is not over until it is let go. */
let threads: Set<object>;
let held: (() => void)[];

const start: StartThread = (done, gone) => {
  const self = {};
  threads.add(self);
  const thread = startInThread(() => 0)((slice: SliceDone) => {
    if (!slice.logs.includes('busy')) return done(slice);
    held.push(() => {
      if (threads.has(self)) done(slice);
    });
  }, gone);
  return {
    post: thread.post,
    end() {
      threads.delete(self);
      return thread.end();
    },
  };
};

beforeEach(() => {
  time = testTime();
  threads = new Set();
  held = [];
  pool = createSandboxPool({
    start,
    threads: 1,
    atMost: 4,
    now: time.now,
    schedule: time.schedule,
    newSeed: () => '00112233445566778899aabbccddeeff',
  });
});
afterEach(() => pool.close());

/** A host whose answers a test gives. */
function heldHost() {
  const asked: { name: string; answer: (answer: HostAnswer) => void; signal: AbortSignal }[] = [];
  const ask: AskHost = ({ name }, signal) =>
    new Promise((answer) => {
      asked.push({ name, answer, signal });
    });
  return { asked, ask };
}

const nothing: AskHost = async () => ({ ok: true, value: null });

describe('a call that keeps its thread busy', () => {
  it('holds up nobody who comes after it', async () => {
    const busy = pool.run(job(`console.log('busy'); return 1;`), nothing, never);
    await until(() => held.length === 1);
    const other = pool.run(job(`return 'at once';`, 'globex'), nothing, never);
    time.advance(30);

    expect(await other).toMatchObject({ ok: true, value: 'at once' });
    expect(held).toHaveLength(1);
    held[0]?.();
    expect(await busy).toMatchObject({ ok: true, value: 1 });
  });

  it('holds up nobody who waited in the same thread: that call goes on elsewhere, and asks nothing twice', async () => {
    const host = heldHost();
    const waits = pool.run(
      job(
        `const chance = Math.random(); const first = await context.state.get('a'); console.log('got', first, Math.random() !== chance); return [chance, first, await context.state.get('b')];`,
        'globex',
      ),
      host.ask,
      never,
    );
    await until(() => host.asked.length === 1);
    const busy = pool.run(job(`console.log('busy'); return 1;`), nothing, never);
    await until(() => held.length === 1);
    host.asked[0]?.answer({ ok: true, value: 'one' });
    await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    time.advance(30);
    await until(() => host.asked.length === 2);
    host.asked[1]?.answer({ ok: true, value: 'two' });

    expect(await waits).toMatchObject({
      ok: true,
      value: [expect.any(Number), 'one', 'two'],
      logs: ['got one true'],
    });
    expect([host.asked.length, threads.size]).toEqual([2, 1]);
    held[0]?.();
    expect(await busy).toMatchObject({ ok: true });
  });

  it('is ended with its thread when its time and some more is over; who waited there goes on', async () => {
    const host = heldHost();
    const waits = pool.run(
      { ...job(`return context.state.get('a');`), limits: { ...limits, timeout: 60_000 } },
      host.ask,
      never,
    );
    await until(() => host.asked.length === 1);
    const stuck = pool.run(job(`console.log('busy'); return 1;`), nothing, never);
    await until(() => held.length === 1);
    time.advance(1_500);

    expect(await stuck).toMatchObject({ ok: false, code: 'TOOL_TIMEOUT' });
    host.asked[0]?.answer({ ok: true, value: 'still here' });
    expect(await waits).toMatchObject({ ok: true, value: 'still here' });
    expect(host.asked).toHaveLength(1);
  });

  it('leaves half of the threads to other owners', async () => {
    const all = Array.from({ length: 4 }, () =>
      pool.run(job(`console.log('busy'); return 1;`), nothing, never),
    );
    await until(() => held.length === 1);
    time.advance(30);
    await until(() => held.length === 2);
    time.advance(30);
    const other = pool.run(job(`return 'mine';`, 'globex'), nothing, never);
    time.advance(30);

    expect(await other).toMatchObject({ ok: true, value: 'mine' });
    expect(held).toHaveLength(2);
    for (let at = 0; at < 4; at++) {
      await until(() => held.length > at);
      held[at]?.();
    }
    expect((await Promise.all(all)).map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });
});

describe('a call that is stopped', () => {
  it('takes what its host does for it along, down to the socket', async () => {
    const host = heldHost();
    const stop = new AbortController();
    const waits = pool.run(job(`return context.fetch('https://x');`), host.ask, stop.signal);
    await until(() => host.asked.length === 1);
    stop.abort();

    expect(await waits).toMatchObject({ ok: false, code: 'TOOL_CANCELLED' });
    expect(host.asked.map(({ signal }) => signal.aborted)).toEqual([true]);
  });

  it('says what it was waiting for when its time is over', async () => {
    const host = heldHost();
    const waits = pool.run(job(`return context.fetch('https://x');`), host.ask, never);
    await until(() => host.asked.length === 1);
    time.advance(1_000);

    expect(await waits).toMatchObject({
      code: 'TOOL_TIMEOUT',
      message: 'Expected the tool to answer within 1 s, but it was still waiting for fetch',
    });
  });

  it('that has ended leaves no request of its own behind', async () => {
    const host = heldHost();
    const done = await pool.run(job(`context.fetch('https://x'); return 'gone on';`), host.ask, never);

    expect(done).toMatchObject({ ok: true, value: 'gone on' });
    expect(host.asked.filter(({ signal }) => !signal.aborted)).toEqual([]);
  });
});

describe('a call that was recorded', () => {
  const source = `const at = Date.now(); const x = await context.state.get('a'); return [at, Date.now(), Math.random(), x, String(new Date())];`;

  it('is the same when it is made again, and asks nobody', async () => {
    const host = heldHost();
    const first = pool.run(job(source), host.ask, never);
    await until(() => host.asked.length === 1);
    time.advance(250);
    host.asked[0]?.answer({ ok: true, value: 'kept' });
    const made = await first;
    if (!made.ok) throw new Error(made.message);
    time.advance(5_000);
    const again = await pool.run({ ...job(source), replay: made.recording }, nothing, never);

    expect(made.value).toEqual([0, 250, expect.any(Number), 'kept', expect.any(String)]);
    expect(again).toMatchObject({ ok: true, value: made.value });
    expect(host.asked).toHaveLength(1);
  });

  it('is refused when the tool asks for something else meanwhile', async () => {
    const made = await pool.run(job(source), nothing, never);
    if (!made.ok) throw new Error(made.message);
    const again = await pool.run(
      { ...job(source.replace("get('a')", "get('b')")), replay: made.recording },
      nothing,
      never,
    );

    expect(again).toMatchObject({ ok: false, message: expect.stringContaining('question 1 is another one') });
  });
});
