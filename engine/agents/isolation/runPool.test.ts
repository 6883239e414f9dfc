import type { ModelProvider } from '@baton/engine/llm';
import { ok, type RunEvent } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { AgentDefinition, AgentRun, RunDependencies } from '../index.ts';
import { runAgent } from '../index.ts';
import { blankAgent, memoryConversations, says, scripted } from '../runTest.ts';
import { startInThread } from './inThread.ts';
import type { AgentThread, StartAgentThread, ThreadEnd } from './messages.ts';
import { sentPorts } from './ports.ts';
import { createRunPool } from './runPool.ts';

const never = new AbortController().signal;
const crash: ThreadEnd = { code: 'AGENT_CRASHED', message: 'Expected …, but …' };

interface Started {
  thread: AgentThread;
  ended: boolean;
  dies(end?: ThreadEnd): void;
}

/** A pool of threads that are none, ended by hand, and models that answer when they are told to. */
function given(threads = 8) {
  const { dependencies, calls } = scripted();
  const started: Started[] = [];
  const waiting: { about: string; answer(text?: string): void; hear(text: string): void }[] = [];
  let clock = 1_000;
  const timers = new Set<{ at: number; call(): void }>();
  const schedule = (ms: number, call: () => void) => {
    const timer = { at: clock + ms, call };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const start: StartAgentThread = (heard, gone) => {
    const thread = startInThread(runAgent, dependencies.world)(heard, gone);
    const one: Started = {
      thread: {
        ...thread,
        async end() {
          one.ended = true;
          await thread.end();
        },
      },
      ended: false,
      dies: (end = crash) => gone(end),
    };
    started.push(one);
    return one.thread;
  };
  const provider: ModelProvider = {
    name: 'scripted',
    generate: ({ messages }, signal, heard) =>
      new Promise((resolve) => {
        const one: (typeof waiting)[number] = {
          about: messages.find(({ role }) => role === 'user')!.text,
          answer: (text = `about ${one.about}`) => resolve(ok(says({ text }))),
          hear: (text: string) => heard?.({ text }),
        };
        waiting.push(one);
        signal.addEventListener('abort', () => waiting.splice(waiting.indexOf(one), 1));
      }),
  };
  dependencies.provider = provider;
  const pool = createRunPool({
    start,
    threads,
    memory: 100,
    idleAfter: 60_000,
    patience: 1_000,
    now: () => clock,
    schedule,
  });
  return {
    pool,
    started,
    waiting,
    calls,
    dependencies: dependencies as RunDependencies,
    /** Until what was begun has gone as far as it can. */
    async settled() {
      for (let turn = 0; turn < 30; turn += 1) await new Promise(setImmediate);
    },
    pass(ms: number) {
      clock += ms;
      for (const timer of [...timers]) if (timer.at <= clock && timers.delete(timer)) timer.call();
    },
  };
}

function runOf(agent: string, id: string, changes: Partial<AgentDefinition> = {}): AgentRun {
  return {
    agent: { id: agent, definition: { ...blankAgent, name: agent, ...changes }, version: 1 },
    task: undefined,
    variables: { message: id },
    owner: { tenantId: 'acme', processInstanceKey: id, elementInstanceKey: id, elementId: '', jobKey: '' },
  };
}

it('no thread is there before the first run; those of one agent share it, and it is collected when nothing uses it', async () => {
  const { pool, started, waiting, dependencies, settled, pass } = given();
  const run = pool.running(dependencies);
  expect([started.length, pool.state('acme', 'triage').thread]).toEqual([0, undefined]);
  const all = [
    run(runOf('triage', 'r1'), never),
    run(runOf('triage', 'r2'), never),
    run(runOf('billing', 'r3'), never),
  ];
  await settled();
  expect(started).toHaveLength(2);
  expect(pool.state('acme', 'triage')).toMatchObject({
    runs: [
      { id: 'r1', kind: 'request', startedAt: 1_000 },
      { id: 'r2', kind: 'request', startedAt: 1_000 },
    ],
    thread: { startedAt: 1_000, limit: 100, shared: false },
  });
  for (const each of [...waiting]) each.answer();
  expect((await Promise.all(all)).map(({ result }) => result)).toEqual([
    ok({ text: 'about r1' }),
    ok({ text: 'about r2' }),
    ok({ text: 'about r3' }),
  ]);
  pass(59_999);
  expect(started.map(({ ended }) => ended)).toEqual([false, false]);
  pass(1);
  expect(started.map(({ ended }) => ended)).toEqual([true, true]);
  expect(pool.state('acme', 'triage').thread).toBeUndefined();
});

it('agents beyond the threads take one that idles, else share', async () => {
  const { pool, started, waiting, dependencies, settled } = given(2);
  const run = pool.running(dependencies);
  const first = run(runOf('a', 'r1'), never);
  const second = run(runOf('b', 'r2'), never);
  const third = run(runOf('c', 'r3'), never);
  await settled();
  expect(started).toHaveLength(2);
  expect(pool.state('acme', 'c').thread).toMatchObject({ shared: true });
  for (const each of [...waiting]) each.answer();
  await Promise.all([first, second, third]);
  const fourth = run(runOf('d', 'r4'), never);
  await settled();
  expect(started.map(({ ended }) => ended).filter(Boolean)).toHaveLength(1);
  expect(pool.state('acme', 'd').thread).toMatchObject({ shared: false });
  waiting.at(-1)!.answer();
  await fourth;
});

it('an agent of one tenant has nothing to do with one of the same id of another', async () => {
  const { pool, started, waiting, dependencies, settled } = given();
  const run = pool.running(dependencies);
  const ours = run(runOf('triage', 'r1'), never);
  const theirs = runOf('triage', 'r2');
  const other = run({ ...theirs, owner: { ...theirs.owner, tenantId: 'globex' } }, never);
  await settled();
  expect(started).toHaveLength(2);
  expect(pool.state('globex', 'triage').runs.map(({ id }) => id)).toEqual(['r2']);
  for (const each of [...waiting]) each.answer();
  await Promise.all([ours, other]);
});

it('somebody restarts it: the run goes on in another thread, repeats nothing recorded, and what is told is told once', async () => {
  const { pool, started, waiting, calls, dependencies, settled } = given();
  const events: RunEvent[] = [];
  const { call } = dependencies.tools.invoker;
  let tools = 0;
  dependencies.tools.invoker.call = (...made) => {
    tools += 1;
    return call(...made);
  };
  dependencies.models.provider = async () => ({
    name: 'scripted',
    generate: async ({ messages }, _signal, heard) => {
      if (messages.at(-1)!.role === 'user')
        return ok(
          says({
            text: 'Looking.',
            finish: 'toolCalls',
            toolCalls: [{ id: 'c1', name: 'order-lookup', arguments: { orderId: 'HP-1' } }],
          }),
        );
      return new Promise((resolve) => {
        waiting.push({
          about: '',
          answer: (text = '') => resolve(ok(says({ text }))),
          hear: (text) => heard?.({ text }),
        });
      });
    },
  });
  const ran = pool.running(dependencies)(runOf('triage', 'r1', { tools: ['order-lookup'] }), never, (event) =>
    events.push(event),
  );
  await settled();
  waiting[0]!.hear('It is la');
  await settled();
  pool.restart('acme', 'triage');
  await settled();
  expect(started.map(({ ended }) => ended)).toEqual([true, false]);
  waiting[1]!.hear('It is late.');
  waiting[1]!.answer('It is late.');
  expect((await ran).result).toEqual(ok({ text: 'It is late.' }));
  expect([tools, calls.records.length]).toEqual([1, 3]);
  expect(events.map(({ event, data }) => (event === 'text.delta' ? data.text : event))).toEqual([
    'usage',
    'tool.started',
    'tool.finished',
    'It is la',
    'run.restarted',
    'It is late.',
    'usage',
  ]);
  expect(pool.state('acme', 'triage')).toMatchObject({ restarts: 1, lastCrash: undefined });
});

it('a run whose thread dies three times through no fault that can be seen fails with it', async () => {
  const { pool, started, dependencies, settled } = given();
  const ran = pool.running(dependencies)(runOf('triage', 'r1'), never);
  for (let death = 0; death < 3; death += 1) {
    await settled();
    const last = started.at(-1)!;
    last.thread.atWork = () => 0;
    last.dies();
  }
  expect((await ran).result).toMatchObject({ ok: false, failure: { code: 'AGENT_CRASHED' } });
  expect(started).toHaveLength(3);
});

it('the conversation of a run that failed with its thread is free for the next', async () => {
  const { pool, started, dependencies, settled } = given();
  const conversations = memoryConversations();
  const talking = { memory: { kind: 'conversation', keep: 'P1D', messages: 20 } } as const;
  const run = pool.running({ ...dependencies, conversations });
  const ran = run({ ...runOf('triage', 'r1', talking), conversation: 'c1' }, never);
  await settled();
  started[0]!.dies();
  expect((await ran).result).toMatchObject({ ok: false, failure: { code: 'AGENT_CRASHED' } });
  const key = { tenantId: 'acme', agentId: 'triage', id: 'c1' };
  expect(await conversations.take(key, 'r2', 0, 1)).toEqual([]);
});

it('what was kept of a quota for a run is given back when its thread could not, and once', async () => {
  const { dependencies } = given();
  const told: string[] = [];
  const spending: NonNullable<RunDependencies['spending']> = {
    reserve: async ({ elementInstanceKey: id }) =>
      ok({ settle: () => {}, end: async () => void told.push(id) }),
  };
  const { ports, end } = sentPorts(runOf('triage', 'r1'), { ...dependencies, spending });
  const most = { tokens: 1, cost: 1, duration: 1 };
  const first = await ports.spending!.reserve(runOf('triage', 'ended').owner, most);
  await ports.spending!.reserve(runOf('triage', 'left').owner, most);
  if (first.ok) await first.value.end();
  await end();
  await end();
  expect(told).toEqual(['ended', 'left']);
});

it('cancelling a run reaches the model’s socket', async () => {
  const { pool, waiting, dependencies, settled } = given();
  const cancelling = new AbortController();
  const ran = pool.running(dependencies)(runOf('triage', 'r1'), cancelling.signal);
  await settled();
  expect(waiting).toHaveLength(1);
  cancelling.abort();
  expect((await ran).result).toMatchObject({ failure: { code: 'RUN_CANCELLED' } });
  expect(waiting).toHaveLength(0);
});

it('a closed pool cancels what runs, and begins nothing', async () => {
  const { pool, started, dependencies, settled } = given();
  const run = pool.running(dependencies);
  const ran = run(runOf('triage', 'r1'), never);
  await settled();
  await pool.close();
  expect((await ran).result).toMatchObject({ failure: { code: 'RUN_CANCELLED' } });
  expect((await run(runOf('triage', 'r2'), never)).result).toMatchObject({
    failure: { code: 'RUN_CANCELLED' },
  });
  expect(started).toHaveLength(1);
});
