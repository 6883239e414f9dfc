import { type CallRecord, ok, type Result } from '@baton/engine/protocol';
import type { AgentRunRecord } from '@baton/infra/store';
import type { AgentRunEvent, AgentRunView, AgentRunWithSteps, RunStep } from '../../api/index.ts';
import type { Refusal } from '../../refusal.ts';
import type { AgentRunRefused, RunTold, RunWithSteps } from './service.ts';

export function runView(run: AgentRunRecord): AgentRunView {
  const { id, agentId, agentName, agentVersion, agentLabel, agentHash, actor, startedAt, ...rest } = run;
  const {
    task,
    provider,
    model,
    status,
    prompt,
    input,
    output,
    error,
    usage,
    conversation,
    forkOf,
    duration,
  } = rest;
  return {
    id,
    agent: { id: agentId, name: agentName, version: agentVersion, label: agentLabel, hash: agentHash },
    task,
    provider,
    model,
    status,
    prompt,
    input: input as AgentRunView['input'],
    output: output as AgentRunView['output'],
    error,
    usage,
    conversation,
    forkOf,
    by: actor.name,
    startedAt: new Date(startedAt).toISOString(),
    duration,
  };
}

export function stepView(call: CallRecord): RunStep {
  const {
    sequence,
    kind,
    name,
    version,
    model,
    error,
    usage,
    fallback,
    fork,
    context,
    verdicts = [],
    answers = [],
    startedAt,
    duration,
  } = call;
  return {
    sequence,
    kind,
    name,
    version,
    model,
    request: call.request as RunStep['request'],
    response: call.response as RunStep['response'],
    error,
    usage,
    ...(fallback && { fallback }),
    ...(fork && { fork }),
    ...(context && { context }),
    verdicts,
    answers,
    startedAt: new Date(startedAt).toISOString(),
    duration,
  };
}

export const runWithSteps = ({ run, steps }: RunWithSteps): AgentRunWithSteps => ({
  ...runView(run),
  steps: steps.map(stepView),
});

/** Tells who asks what a run does, as this API words it. */
export const telling = (emit: (event: AgentRunEvent) => void) => (told: RunTold) =>
  emit((told.event === 'run.started' ? { ...told, data: runView(told.data) } : told) as AgentRunEvent);

/** A run that failed is in the details of its refusal. */
export function answerOf(ran: Result<RunWithSteps, AgentRunRefused>): Result<AgentRunWithSteps, Refusal> {
  if (ran.ok) return ok(runWithSteps(ran.value));
  const { refusal, ran: failed } = ran.failure;
  return { ok: false, failure: failed ? { ...refusal, details: { run: runWithSteps(failed) } } : refusal };
}
