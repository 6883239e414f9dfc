import type { ModelFailure, ModelProvider, ModelRequest } from '@baton/engine/llm';
import {
  type AgentRecording,
  type CallRecord,
  failed,
  type JsonObject,
  type JsonValue,
  type ReplayDifference,
  type ReplayReport,
} from '@baton/engine/protocol';
import type { ToolCall, ToolFailureCode } from '@baton/tools-registry/contract';
import { isElementAgent, replayTurns } from '../camunda/replayTurns.ts';
import { requestHash } from '../canonical.ts';
import type { AgentDefinition, PromptDefinition, TaskDefinition, Versioned } from '../definitions.ts';
import { type AgentRunResult, type RunDependencies, runAgent } from '../runner.ts';
import { firstDifference } from './differingValues.ts';
import { nobodyToAsk } from './nobodyToAsk.ts';
import { offeredIn } from './recordedOffers.ts';

/** What is otherwise than it was recorded: definitions as they are now, to see whether the run would be the same. */
export interface ReplayWith {
  agent?: JsonObject;
  task?: JsonObject;
  policy?: JsonObject;
  /** Texts by name, with the label after an `@` where one is included by it. */
  prompts?: { readonly [nameAndLabel: string]: string };
  /** What guardrails look for beside the formats of keys. */
  secrets?: readonly string[];
}

/** Ends that a run did not come to by itself: a run that is done over goes only as far as it was recorded. */
const fromOutside: ReadonlySet<string> = new Set([
  'RUN_CANCELLED',
  'RUN_INTERRUPTED',
  'QUOTA_EXCEEDED',
  'QUESTION_OPEN',
  'CONVERSATION_BUSY',
  'AGENT_STOPPED',
  'AGENT_CRASHED',
  'AGENT_UNRESPONSIVE',
  'AGENT_MEMORY',
]);

function endedFromOutside({ status, error }: AgentRecording['run']): boolean {
  if (status === 'running') return true;
  if (status === 'completed') return false;
  return (
    error === null || fromOutside.has(error.code) || /^Expected the run to take at most/.test(error.message)
  );
}

/** What counts of each place: the call that succeeded, else the last that was made. */
export function settledCalls(calls: readonly CallRecord[]): Map<number, CallRecord> {
  const settled = new Map<number, CallRecord>();
  for (const call of calls) {
    if (settled.get(call.sequence)?.error !== null) settled.set(call.sequence, call);
  }
  return settled;
}

/**
 * Does a recorded run over: every answer is taken from the record, no model is asked and no tool is called. It ends at the
 * first call that is not what was recorded.
 */
export async function replayRun(recording: AgentRecording, now: ReplayWith = {}): Promise<ReplayReport> {
  const { run, agent, task, began } = recording;
  const played = playBack(recording, now);
  const { definition: given } = agent;
  const definition = { ...(now.agent ?? given), name: agent.name } as unknown as AgentDefinition;
  const begun = { id: agent.id, version: agent.version };
  const ended = isElementAgent(definition)
    ? await replayTurns(
        recording,
        { ...begun, definition },
        ownerIn(recording),
        played.dependencies,
        played.signal,
      )
    : await runAgent(
        {
          agent: { ...begun, definition },
          unsaved: true,
          task: task
            ? ({
                version: task.version,
                definition: { ...(now.task ?? task.definition), name: task.name },
              } as unknown as Versioned<TaskDefinition>)
            : undefined,
          variables: began.variables,
          owner: ownerIn(recording),
          ...(definition.memory.kind === 'conversation' && { conversation: 'recorded' }),
        },
        played.dependencies,
        played.signal,
      );
  const { calls, difference } = played.come(ended);
  return { run: run.id, calls, difference };
}

export function ownerIn({ run, calls: [first] }: AgentRecording) {
  return {
    tenantId: first?.tenantId ?? '',
    processInstanceKey: run.processInstanceKey,
    elementInstanceKey: run.id,
    elementId: run.elementId,
    jobKey: first?.jobKey ?? '',
  };
}

interface PlayBack {
  dependencies: RunDependencies;
  signal: AbortSignal;
  /** How far it came, and what is not alike. */
  come(ended: AgentRunResult): Pick<ReplayReport, 'calls' | 'difference'>;
}

/** The request of a model call as it is recorded. */
export const recordedRequest = (request: ModelRequest) =>
  ({ ...request, responseSchema: request.responseSchema ?? null }) as unknown as JsonValue;

/** Everything a run has to do with, made of what was recorded. */
function playBack(recording: AgentRecording, now: ReplayWith): PlayBack {
  const { run, policy, prompts, began, grants, calls } = recording;
  const controller = new AbortController();
  const settled = settledCalls(calls);
  const places = [...settled.keys()].sort((a, b) => a - b);
  const models = places
    .map((place) => settled.get(place)!)
    .filter(({ kind, context }) => kind === 'model' && !context?.summary);
  const owner = ownerIn(recording);
  const outside = endedFromOutside(run);
  /** Places that were reached with what was recorded there. */
  const alike = new Set<number>();
  /** Calls that failed, and are made again: nobody is asked, they fail again. */
  const failing = new Map<string, CallRecord>();
  /** Places reached with something else. */
  const unlike: number[] = [];
  let reached = 0;
  let clock = calls[0]?.startedAt ?? 0;
  let difference: ReplayDifference | null = null;

  function differs(sequence: number, recorded: JsonValue | undefined, instead: JsonValue | undefined): void {
    if (controller.signal.aborted) return;
    const found = firstDifference(recorded, instead) ?? {
      pointer: '',
      recorded: recorded ?? null,
      now: instead ?? null,
    };
    difference = { sequence, ...found };
    controller.abort();
  }

  /** A call that is not in the record. */
  function notRecorded(instead: JsonValue): void {
    const place = unlike.shift() ?? reached;
    const recorded = settled.get(place);
    if (recorded) differs(place, askedFor(recorded), instead);
    else if (outside) controller.abort();
    else differs(place, undefined, instead);
  }

  function again(key: string): CallRecord['error'] {
    const error = failing.get(key)?.error ?? null;
    failing.delete(key);
    return error;
  }

  const provider = (name: string): ModelProvider => ({
    name,
    priceOf: (model) => began.prices?.[`${name}/${model}`],
    async generate(request) {
      const asked = recordedRequest(request);
      const error = again(requestHash(asked));
      if (!error) notRecorded(asked);
      const { code, message } = error ?? { code: 'MODEL_REFUSED', message: '' };
      return failed({ code: code as ModelFailure['code'], message, retryable: false });
    },
  });

  const dependencies: RunDependencies = {
    catalog: {
      agent: async () => undefined,
      task: async (_tenantId, name) =>
        recording.task?.name === name
          ? ({
              version: recording.task.version,
              definition: { ...(now.task ?? recording.task.definition), name },
            } as unknown as Versioned<TaskDefinition>)
          : undefined,
      async prompt(_tenantId, name, version) {
        const label = version?.label ?? null;
        const found = prompts.find((prompt) => prompt.name === name && prompt.label === label);
        const text = now.prompts?.[label ? `${name}@${label}` : name] ?? found?.text;
        const definition: PromptDefinition | undefined = text === undefined ? undefined : { name, text };
        return definition && { definition, version: found?.version ?? 0 };
      },
      policy: async (_tenantId, name) =>
        policy?.name === name
          ? ({ version: policy.version, definition: { ...(now.policy ?? policy.definition), name } } as never)
          : undefined,
    },
    tools: {
      catalog: {
        async get(_tenantId, name) {
          const next = models.find(({ sequence }) => sequence > reached) ?? models.at(-1);
          return next && offeredIn(next, name);
        },
        list: async () => [],
      },
      invoker: {
        async call(call) {
          const {
            name,
            version = 0,
            arguments: given,
            idempotencyKey,
          } = call as ToolCall & { version: number };
          const error = again(idempotencyKey);
          const place = unlike[0];
          const recorded = place === undefined ? undefined : settled.get(place);
          const { callId = '' } = (recorded?.request ?? {}) as { callId?: string };
          if (!error) notRecorded({ tool: name, version, callId, arguments: given });
          const { code, message } = error ?? { code: 'TOOL_CANCELLED', message: '' };
          return { ok: false, failure: { code: code as ToolFailureCode, message }, version };
        },
      },
    },
    calls: {
      append: async () => {},
      async find(_tenantId, _element, sequence, hash) {
        reached = Math.max(reached, sequence);
        const there = calls.filter((call) => call.sequence === sequence && call.requestHash === hash);
        const found = there.find(({ error }) => error === null) ?? there.at(-1);
        if (!found) {
          unlike.push(sequence);
          return undefined;
        }
        alike.add(sequence);
        clock = found.startedAt;
        if (found.error) failing.set(failsAs(found, owner.elementInstanceKey), found);
        return found;
      },
      list: async () => [],
      ofElement: async () => calls,
    },
    models: { provider: async (_tenantId, name) => provider(name), secrets: async () => now.secrets ?? [] },
    conversations: {
      take: async () => began.said,
      keep: async () => {},
      release: async () => {},
    },
    questions: nobodyToAsk,
    grants: { ofElement: async () => grants },
    world: { now: () => clock, newId: () => '', schedule: () => () => {} },
  };

  return {
    dependencies,
    signal: controller.signal,
    come({ result }) {
      // A model that failed in an attempt which was begun anew is not asked again.
      const left = places.find((place) => !alike.has(place) && settled.get(place)?.error === null);
      const last = places.at(-1) ?? 0;
      if (!difference && !outside) {
        if (left !== undefined) differs(left, askedFor(settled.get(left)!), undefined);
        else differsAtEnd(result);
      }
      return { calls: [...alike].filter((place) => place !== difference?.sequence).length, difference };

      function differsAtEnd(came: AgentRunResult['result']): void {
        const recorded = run.error ? errorOf(run.error) : { result: run.result };
        const instead = came.ok ? { result: came.value } : errorOf(came.failure);
        if (firstDifference(recorded, instead)) differs(last + 1, recorded, instead);
      }
    },
  };
}

const errorOf = ({ code, message }: { code: string; message: string }) => ({ error: { code, message } });

/** What a call was asked for: a person may have changed what was carried out. */
export function askedFor({ kind, request, answers = [] }: CallRecord): JsonValue {
  const approval = answers.find(({ question }) => question.kind === 'approval');
  if (kind === 'model' || !approval?.question.proposed) return request;
  return { ...(request as JsonObject), arguments: approval.question.proposed };
}

/** What a call that failed is known by when it is made again: its request to a model, its key to a tool. */
function failsAs({ kind, requestHash: hash, request }: CallRecord, elementInstanceKey: string): string {
  if (kind === 'model') return hash;
  const {
    tool = '',
    callId = '',
    arguments: given = {},
  } = request as {
    tool?: string;
    callId?: string;
    arguments?: JsonObject;
  };
  return requestHash([elementInstanceKey, callId, tool, given]);
}
