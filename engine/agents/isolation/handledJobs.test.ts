import { failed } from '@baton/engine/protocol';
import type { Job } from '@baton/engine/worker';
import { expect, it } from 'vitest';
import { type AgentFailure, type AgentRun, createAgentHandler } from '../index.ts';
import { scripted } from '../runTest.ts';

const never = new AbortController().signal;
const job: Job = {
  key: '7',
  type: 'agent',
  tenantId: 'acme',
  processInstanceKey: '1',
  bpmnProcessId: 'p',
  processDefinitionKey: '9',
  processDefinitionVersion: 1,
  elementId: 'ask',
  elementInstanceKey: '2',
  headers: { agent: 'triage' },
  variables: { message: 'Where is it?' },
  retries: 3,
  deadline: 0,
  worker: 'baton',
} as unknown as Job;

function handled(failure: AgentFailure, kept: string[] = [], over = false) {
  const { dependencies } = scripted();
  const ran: AgentRun[] = [];
  const handler = createAgentHandler({
    ...dependencies,
    run: async (run) => {
      ran.push(run);
      return { result: failed(failure), text: '', usage: { inputTokens: 0, outputTokens: 0, cost: 0 } };
    },
    stops: {
      async keep({ tenantId, agentId, jobKey }) {
        kept.push(`${tenantId} ${agentId} ${jobKey}`);
        return over;
      },
    },
  });
  return handler(job, never);
}

it.each(['AGENT_CRASHED', 'AGENT_MEMORY', 'AGENT_UNRESPONSIVE'] as const)(
  'a job whose run ended with its thread is tried again with one retry less: %s',
  async (code) => {
    expect(await handled({ code, message: 'Expected …, but …', retryable: true })).toEqual({
      kind: 'fail',
      message: `${code}: Expected …, but …`,
      backoff: 2_000,
    });
  },
);

it.each([true, false])(
  'a job of a stopped agent is kept without losing a retry; started meanwhile: %s',
  async (over) => {
    const kept: string[] = [];
    const outcome = await handled({ code: 'AGENT_STOPPED', message: 'Expected …, but …' }, kept, over);
    expect(outcome).toMatchObject({ kind: 'wait', ms: 60_000 });
    expect(kept).toEqual([]);
    if (outcome.kind === 'wait') expect(await outcome.over()).toBe(over);
    expect(kept).toEqual(['acme a-1 7']);
  },
);
