import { failed, ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { AgentRun, RunAgent } from '../index.ts';
import { blankAgent } from '../runTest.ts';
import { createAgentStops } from './stops.ts';

const never = new AbortController().signal;
const usage = { inputTokens: 0, outputTokens: 0, cost: 0 };
const stopped = {
  code: 'AGENT_STOPPED',
  message: "Expected the agent 'triage' to run, but somebody stopped it; start it again and it goes on",
};

function given() {
  const isStopped = new Set<string>();
  const told: string[] = [];
  const stops = createAgentStops({
    isStopped: async (tenantId, agentId) => isStopped.has(`${tenantId}/${agentId}`),
    wake: async (jobKey) => told.push(`wake ${jobKey}`),
    quiet: (_, agentId) => told.push(`quiet ${agentId}`),
  });
  let finish = () => {};
  const waits: RunAgent = (_, signal) =>
    new Promise((resolve) => {
      finish = () => resolve({ result: ok({ text: 'done' }), text: 'done', usage });
      signal.addEventListener('abort', () =>
        resolve({ result: failed({ code: 'RUN_CANCELLED', message: '' }), text: 'so far', usage }),
      );
    });
  return { isStopped, told, stops, run: stops.stoppable(waits), finish: () => finish() };
}

function runOf(agentId = 'triage', tenantId = 'acme'): AgentRun {
  return {
    agent: { id: agentId, definition: { ...blankAgent, name: agentId }, version: 1 },
    task: undefined,
    variables: {},
    owner: { tenantId, processInstanceKey: '1', elementInstanceKey: '2', elementId: '', jobKey: '3' },
  };
}

const turn = () => new Promise(setImmediate);

it('what a stopped agent is at is cancelled, and what comes is refused; other agents and tenants run on', async () => {
  const { isStopped, told, stops, run } = given();
  const going = run(runOf(), never);
  const others = [given().run, run].map((each, index) => each(runOf('triage', `other-${index}`), never));
  await turn();
  isStopped.add('acme/triage');
  await stops.changed('acme', 'triage');
  expect(await going).toEqual({ result: failed(stopped), text: 'so far', usage });
  expect((await run(runOf(), never)).result).toEqual(failed(stopped));
  expect(told).toEqual(['quiet triage']);
  expect(await Promise.race([...others, turn().then(() => 'at work')])).toBe('at work');
});

it('a run that somebody else cancelled is cancelled, not stopped; one that has ended is as it ended', async () => {
  const { isStopped, run, finish } = given();
  const cancelling = new AbortController();
  const going = run(runOf(), cancelling.signal);
  await turn();
  cancelling.abort();
  expect((await going).result).toMatchObject({ failure: { code: 'RUN_CANCELLED' } });
  const ended = run(runOf(), never);
  await turn();
  finish();
  isStopped.add('acme/triage');
  expect((await ended).result).toEqual(ok({ text: 'done' }));
});

it('jobs that wait are woken once when the agent is started, or notices were missed', async () => {
  const { isStopped, told, stops } = given();
  isStopped.add('acme/triage');
  const kept = (jobKey: string) => stops.keep({ tenantId: 'acme', agentId: 'triage', jobKey });
  expect(await Promise.all([kept('1'), kept('2')])).toEqual([false, false]);
  await stops.missed();
  expect(told).toEqual(['quiet triage']);
  told.length = 0;
  isStopped.clear();
  await stops.missed();
  await stops.changed('acme', 'triage');
  expect(told).toEqual(['wake 1', 'wake 2']);
  // Started between the refusal and now: it goes on at once, and is not woken besides.
  expect(await kept('3')).toBe(true);
  await stops.changed('acme', 'triage');
  expect(told).toEqual(['wake 1', 'wake 2']);
});
