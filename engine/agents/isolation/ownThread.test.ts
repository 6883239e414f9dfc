import type { ModelProvider } from '@baton/engine/llm';
import { type JsonObject, ok, type RunEvent } from '@baton/engine/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AgentDefinition, AgentRun, RunDependencies } from '../index.ts';
import { blankAgent, says, scripted } from '../runTest.ts';
import { startOwnThread } from './ownThread.ts';
import { createRunPool, type RunPool, type RunPoolOptions } from './runPool.ts';

const MEBIBYTE = 1024 * 1024;
const script = new URL('../../dist/agents/isolation/faulty/main.js', import.meta.url);
let pool: RunPool | undefined;
afterEach(() => pool?.close());

/** Real threads, in which agents are ended soon that do not answer or take much. */
function open(changes: Partial<RunPoolOptions> = {}): RunPool {
  pool = createRunPool({
    start: startOwnThread({ script, memory: 48 * MEBIBYTE }),
    threads: 8,
    memory: 48 * MEBIBYTE,
    idleAfter: 60_000,
    patience: 1_500,
    now: Date.now,
    schedule(ms, call) {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    ...changes,
  });
  return pool;
}

/** A model that looks an order up, and then says what it found; asked once for each call, or it tells. */
function world() {
  const { dependencies, calls } = scripted();
  const asked: string[] = [];
  const provider: ModelProvider = {
    name: 'scripted',
    async generate({ messages }) {
      const about = messages.find(({ role }) => role === 'user')!.text;
      const last = messages.at(-1)!;
      asked.push(`${about} ${messages.length}`);
      return ok(
        last.role === 'tool'
          ? says({ text: `${about}: ${last.text}` })
          : says({
              finish: 'toolCalls',
              toolCalls: [{ id: about, name: 'order-lookup', arguments: { orderId: about } }],
            }),
      );
    },
  };
  dependencies.provider = provider;
  return { dependencies: dependencies as RunDependencies, calls, asked };
}

function runOf(name: string, message: string, fault = ''): AgentRun {
  const definition: AgentDefinition = { ...blankAgent, name, tools: ['order-lookup'] };
  return {
    agent: { id: name, definition, version: 1 },
    task: undefined,
    variables: { message, fault },
    owner: {
      tenantId: 'acme',
      processInstanceKey: message,
      elementInstanceKey: message,
      elementId: '',
      jobKey: '',
    },
  };
}

const never = new AbortController().signal;
const found = (message: string) => ok({ text: `${message}: {"status":"late"}` });

it('an agent’s run in its own thread is the same as here, with what it tells', async () => {
  const { dependencies, asked } = world();
  const run = open().running(dependencies);
  const events: RunEvent[] = [];
  const { result, usage } = await run(runOf('triage', 'HP-1'), never, (event) => events.push(event));
  expect(result).toEqual(found('HP-1'));
  expect(usage).toEqual({ inputTokens: 20, outputTokens: 10, cost: 0 });
  expect(events.map(({ event }) => event)).toEqual(['usage', 'tool.started', 'tool.finished', 'usage']);
  expect(asked).toHaveLength(2);
  expect(pool!.state('acme', 'triage')).toMatchObject({ runs: [], restarts: 0, lastCrash: undefined });
});

describe.each([
  ['an endless loop', 'loops', 'AGENT_UNRESPONSIVE', /answer within 1500 ms, but it computes without end/],
  ['a regular expression without end', 'matches', 'AGENT_UNRESPONSIVE', /computes without end/],
  ['huge memory', 'eats', 'AGENT_MEMORY', /do with 48 MB of memory, but it took more/],
  ['a crash of its thread', 'crashes', 'AGENT_CRASHED', /crashed: a bug in the thread/],
  ['the end of its thread', 'exits', 'AGENT_CRASHED', /ended with code 3/],
])('%s', (_, fault, code, message) => {
  it('fails the run that was at work; others of the agent go on from their records, other agents undisturbed', async () => {
    const { dependencies, calls, asked } = world();
    // Who eats slowly is not to be taken for one who does not answer.
    const run = open({ patience: code === 'AGENT_UNRESPONSIVE' ? 1_500 : 60_000 }).running(dependencies);
    // One of the same agent and one of another wait for a tool while it happens.
    let answer = () => {};
    const waits = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { call } = dependencies.tools.invoker;
    dependencies.tools.invoker.call = async (made, signal) => {
      if ((made.arguments as JsonObject).orderId !== 'bad') await waits;
      return call(made, signal);
    };
    const same = run(runOf('triage', 'good'), never);
    const other = run(runOf('billing', 'other'), never);
    const bad = await run(runOf('triage', 'bad', fault), never);
    expect(bad.result).toMatchObject({
      ok: false,
      failure: { code, message: expect.stringMatching(message), retryable: true },
    });
    // What it used is what is recorded: one model call.
    expect(bad.usage).toEqual({ inputTokens: 10, outputTokens: 5, cost: 0 });
    answer();
    expect((await same).result).toEqual(found('good'));
    expect((await other).result).toEqual(found('other'));

    expect(pool!.state('acme', 'triage')).toMatchObject({ restarts: 1, lastCrash: { code, runs: ['bad'] } });
    expect(pool!.state('acme', 'billing')).toMatchObject({ restarts: 0, lastCrash: undefined });
    // Nothing that was recorded was asked for again.
    expect(asked.sort()).toEqual(['bad 2', 'good 2', 'good 4', 'other 2', 'other 4']);
    expect(
      new Set(calls.records.map(({ elementInstanceKey, sequence }) => `${elementInstanceKey} ${sequence}`))
        .size,
    ).toBe(calls.records.length);
  });
});

it('while one agent loops without end, another one begins and answers', async () => {
  const { dependencies, calls } = world();
  const run = open({ patience: 60_000 }).running(dependencies);
  const cancelling = new AbortController();
  let ended = false;
  const bad = run(runOf('triage', 'bad', 'loops'), cancelling.signal).then(() => {
    ended = true;
  });
  await vi.waitFor(() => expect(calls.records.map(({ kind }) => kind)).toEqual(['model', 'tool']), {
    timeout: 30_000,
  });
  expect((await run(runOf('billing', 'other'), never)).result).toEqual(found('other'));
  expect(ended).toBe(false);
  await pool!.close();
  await bad;
});

it('a run that failed with its thread goes on from its record when its job is tried again', async () => {
  const { dependencies, calls, asked } = world();
  const run = open().running(dependencies);
  await run(runOf('triage', 'bad', 'crashes'), never);
  const begun = calls.records.find(({ sequence }) => sequence === 1);
  const again = await run({ ...runOf('triage', 'bad'), begun }, never);
  expect(again.result).toEqual(found('bad'));
  expect(asked).toEqual(['bad 2', 'bad 4']);
});

it('a thread that loops without end is ended though its run was cancelled', async () => {
  const { dependencies } = world();
  const run = open().running(dependencies);
  const cancelling = new AbortController();
  const bad = run(runOf('triage', 'bad', 'loops'), cancelling.signal);
  cancelling.abort();
  expect((await bad).result).toMatchObject({ failure: { code: 'RUN_CANCELLED' } });
});
