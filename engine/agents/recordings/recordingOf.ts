import {
  type AgentRecording,
  type BudgetGrant,
  type CallRecord,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
  type RunBeginning,
} from '@baton/engine/protocol';
import { parseAnswer } from '../answer.ts';

/** Where definitions are found at the versions a run used. */
export interface RecordedDefinitions {
  agent(id: string, version: number): Promise<{ name: string; definition: JsonObject } | undefined>;
  /** @returns its content */
  named(kind: 'task' | 'policy' | 'prompt', name: string, version: number): Promise<JsonObject | undefined>;
}

/** How a run ended, as whoever ran it knows. */
export interface RecordedEnd {
  status: AgentRecording['run']['status'];
  /** `undefined` = what the last answer of the model says. */
  result?: JsonValue;
  error: AgentRecording['run']['error'];
}

/** Why there is no recording of a run. */
export interface NotRecorded {
  code: 'NOT_RECORDED';
  message: string;
}

const missing = (message: string) => failed<NotRecorded>({ code: 'NOT_RECORDED', message });

/** The first call of a run that was let begin, with what it began with. */
export function beginningOf(calls: readonly CallRecord[]): RunBeginning | undefined {
  return calls.find(({ kind, began }) => kind === 'model' && began !== undefined)?.began;
}

/** In the order of their places; of one place, in the order in which they were made. */
export function inOrder(calls: readonly CallRecord[]): CallRecord[] {
  return [...calls].sort((a, b) => a.sequence - b.sequence || a.startedAt - b.startedAt);
}

/** @param unordered all calls of one element instance */
export async function recordingOf(
  unordered: readonly CallRecord[],
  end: RecordedEnd,
  grants: readonly BudgetGrant[],
  definitions: RecordedDefinitions,
): Promise<Result<AgentRecording, NotRecorded>> {
  const calls = inOrder(unordered);
  const began = beginningOf(calls);
  const [first] = calls;
  if (!first || !began)
    return missing('Expected a run that is recorded from its beginning, but what it began with was not kept');
  if ((first.request as { messages?: unknown[] }).messages?.length === 0)
    return missing('Expected a run that asked a model, but its policy did not let it begin');

  const { id, version, definition } = began.agent;
  const saved = definition ? { name: first.name, definition } : await definitions.agent(id, version);
  if (!saved)
    return missing(`Expected version ${version} of agent '${first.name}', but it is not there any more`);
  const read = async <T extends { name: string; version: number }>(
    kind: 'task' | 'policy' | 'prompt',
    { name, version: at }: T,
  ): Promise<Result<JsonObject, NotRecorded>> => {
    const content = await definitions.named(kind, name, at);
    return content
      ? ok(content)
      : missing(`Expected version ${at} of the ${kind} '${name}', but it is not there any more`);
  };
  const task = began.task && (await read('task', began.task));
  if (task && !task.ok) return task;
  const policy = began.policy && (await read('policy', began.policy));
  if (policy && !policy.ok) return policy;
  const prompts: AgentRecording['prompts'] = [];
  for (const { name, label, version: at } of began.prompts) {
    const prompt = await read('prompt', { name, version: at });
    if (!prompt.ok) return prompt;
    prompts.push({ name, label: label ?? null, version: at, text: String(prompt.value.text) });
  }

  const { variables, said, prices } = began;
  return ok({
    format: 'baton-recording/1',
    run: {
      id: first.elementInstanceKey,
      processInstanceKey: first.processInstanceKey,
      elementId: first.elementId,
      status: end.status,
      result: end.result === undefined ? (end.status === 'completed' ? answerOf(calls) : null) : end.result,
      error: end.error,
    },
    agent: { id, name: saved.name, version, definition: saved.definition },
    task: began.task && task ? { ...began.task, definition: task.value } : null,
    policy: began.policy && policy ? { ...began.policy, definition: policy.value } : null,
    prompts,
    began: { variables, said, ...(prices && { prices }) },
    grants: [...grants],
    calls,
  });
}

/** What the last answer of the model says: JSON where it had to be, else its text. */
function answerOf(calls: readonly CallRecord[]): JsonValue {
  const last = calls.findLast(({ kind, error }) => kind === 'model' && error === null);
  const { text = '' } = (last?.response ?? {}) as { text?: string };
  const asked = (last?.request ?? {}) as { responseSchema?: JsonValue };
  return (asked.responseSchema ? parseAnswer(text) : undefined) ?? { text };
}
