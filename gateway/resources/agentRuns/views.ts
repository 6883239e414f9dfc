import type { CallRecord } from '@baton/engine/protocol';
import type { AgentRunRecord } from '@baton/infra/store';
import type { AgentRunView, AgentRunWithSteps, RunStep } from '../../api/index.ts';
import type { RunWithSteps } from './service.ts';

export function runView(run: AgentRunRecord): AgentRunView {
  const { id, agentId, agentName, agentVersion, agentLabel, agentHash, actor, startedAt, ...rest } = run;
  const { task, provider, model, status, prompt, input, output, error, usage, conversation, duration } = rest;
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
