import type { ModelProvider } from '@baton/engine/llm';
import {
  type AgentRecording,
  type CallRecord,
  type ForkChange,
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
} from '@baton/engine/protocol';
import type { ToolInvoker, ToolOutcome } from '@baton/tools-registry/contract';
import { isElementAgent } from '../camunda/replayTurns.ts';
import { requestHash } from '../canonical.ts';
import type { AgentDefinition, TaskDefinition, Versioned } from '../definitions.ts';
import type { AgentRun, RunDependencies } from '../runner.ts';
import { loopsOf, type RecordedLoop, responseOf, sameCall } from './loops.ts';
import { offeredIn } from './recordedOffers.ts';
import { settledCalls } from './replayRun.ts';

/** Why a run cannot be forked as asked. */
export interface ForkRefused {
  code: 'FORK_REFUSED';
  message: string;
}

/** A recorded run that goes another way from one of its loops on: an ordinary run, in a world of its own. */
export interface Fork {
  run: Pick<AgentRun, 'agent' | 'unsaved' | 'task' | 'variables' | 'conversation'>;
  /** @param id of the fork */
  dependencies(live: RunDependencies, id: string): RunDependencies;
}

const refused = (message: string) => failed<ForkRefused>({ code: 'FORK_REFUSED', message });

/** What a tool answers that is not called, where the record knows of no such call. */
const notCalled = (tool: string): JsonValue => ({
  stubbed: true,
  message: `Expected '${tool}' to be called, but this is a fork: what changes something is not done in it`,
});

export function forkRun(recording: AgentRecording, change: ForkChange): Result<Fork, ForkRefused> {
  if (isElementAgent(recording.agent.definition as unknown as AgentDefinition)) {
    return refused(
      'Expected a run whose tools can be called, or stood in for, but this one is an ad-hoc sub-process: its tools are elements of its process',
    );
  }
  const loops = loopsOf(recording);
  const last = recording.run.status === 'completed' ? loops.length : loops.length + 1;
  if (change.from > last) return refused(`Expected a loop from 1 to ${last}, but it is ${change.from}`);
  const kept = withResults(loops.slice(0, change.from - 1), change.toolResults ?? {});
  if (!kept.ok) return kept;

  const { agent, task, began } = recording;
  const { provider, model, systemPrompt, userPrompt } = change;
  const definition = {
    ...agent.definition,
    name: agent.name,
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(systemPrompt !== undefined && { systemPrompt }),
    ...(userPrompt !== undefined && { userPrompt }),
  } as unknown as AgentDefinition;
  return ok({
    run: {
      agent: { id: agent.id, version: agent.version, definition },
      unsaved: true,
      task: task
        ? ({
            version: task.version,
            definition: { ...task.definition, name: task.name },
          } as unknown as Versioned<TaskDefinition>)
        : undefined,
      variables: began.variables,
      conversation: definition.memory.kind === 'conversation' ? recording.run.id : undefined,
    },
    dependencies: (live, id) => forkedWorld(recording, kept.value, live, id),
  });
}

/** The loops with other results of tools in the last of them. */
function withResults(
  loops: RecordedLoop[],
  results: { readonly [callIdOrName: string]: JsonValue },
): Result<RecordedLoop[], ForkRefused> {
  const before = loops.at(-1);
  const named = Object.keys(results);
  if (named.length === 0) return ok(loops);
  const there = new Set(before?.tools.flatMap(({ call, asked }) => [asked.id, call.name]) ?? []);
  const unknown = named.find((name) => !there.has(name));
  if (!before || unknown !== undefined) {
    const called = before?.tools.map(({ call }) => call.name).join(', ') || 'none';
    return refused(
      `Expected results of tools that were called in the loop before (${called}), but there is one of '${unknown}'`,
    );
  }
  const tools = before.tools.map(({ call, asked }) => {
    const result = results[asked.id] ?? results[call.name];
    return { asked, call: result === undefined ? call : { ...call, response: result, error: null } };
  });
  return ok([...loops.slice(0, -1), { ...before, tools }]);
}

/** Where the kept loops answer from the record, for nothing, and what comes after them is live but changes nothing. */
function forkedWorld(
  recording: AgentRecording,
  kept: readonly RecordedLoop[],
  live: RunDependencies,
  id: string,
): RunDependencies {
  /** What models said up to the fork: the kept loops, and what put them into words. */
  const said = answersOf(recording, kept);
  /** How many of them were said again. */
  let done = 0;
  const results = new Map<string, CallRecord[]>();
  for (const { call, asked } of kept.flatMap(({ tools }) => tools)) {
    const key = requestHash([id, asked.id, call.name, asked.arguments]);
    results.set(key, [...(results.get(key) ?? []), call]);
  }
  const marks = new Map<string, NonNullable<CallRecord['fork']>>();
  const known = new Map(
    loopsOf(recording)
      .flatMap(({ tools }) => tools)
      .map(({ call, asked }) => [sameCall(call.name, asked.arguments), call]),
  );

  const invoker: ToolInvoker = {
    async call(call, signal) {
      const { tenantId, name, version = 0, arguments: given, idempotencyKey } = call;
      const recorded = results.get(idempotencyKey)?.shift();
      if (recorded) {
        marks.set(idempotencyKey, 'copied');
        return outcomeOf(recorded);
      }
      const tool = await live.tools.catalog.get(tenantId, name, version);
      if (!tool || !(tool.definition.sideEffect || tool.definition.approval !== 'never'))
        return live.tools.invoker.call(call, signal);
      marks.set(idempotencyKey, 'stubbed');
      const before = known.get(sameCall(name, given));
      return before ? outcomeOf(before) : { ok: true, value: notCalled(name), version, logs: [] };
    },
  };

  /** Whom the kept loops were answered by, though the agent may have another model now. */
  const answeredBy = said.map(({ model }) => model);
  return {
    ...live,
    calls: {
      ...live.calls,
      append(record) {
        if (record.kind === 'tool') {
          const { callId = '', arguments: given = {} } = record.request as {
            callId?: string;
            arguments?: JsonObject;
          };
          const fork = marks.get(requestHash([id, callId, record.name, given]));
          return live.calls.append(fork ? { ...record, fork } : record);
        }
        const model = answeredBy.shift();
        return live.calls.append(model === undefined ? record : { ...record, model, fork: 'copied' });
      },
    },
    catalog: {
      ...live.catalog,
      async prompt(tenantId, name, version) {
        const label = version?.label ?? null;
        const then = recording.prompts.find((prompt) => prompt.name === name && prompt.label === label);
        return then
          ? { definition: { name, text: then.text }, version: then.version }
          : live.catalog.prompt(tenantId, name, version);
      },
      async task(tenantId, name, version) {
        const { task } = recording;
        return task?.name === name
          ? ({
              version: task.version,
              definition: { ...task.definition, name },
            } as unknown as Versioned<TaskDefinition>)
          : live.catalog.task(tenantId, name, version);
      },
    },
    tools: {
      catalog: {
        ...live.tools.catalog,
        async get(tenantId, name, version) {
          const next = said.slice(done).find(({ context }) => !context?.summary);
          return next ? offeredIn(next, name) : live.tools.catalog.get(tenantId, name, version);
        },
      },
      invoker,
    },
    models: {
      ...live.models,
      async provider(tenantId, name) {
        const found = await live.models.provider(tenantId, name);
        const answering: ModelProvider | undefined = found && {
          name: found.name,
          ...(found.priceOf && { priceOf: (model) => found.priceOf?.(model) }),
          async generate(request, signal, heard) {
            const next = said[done];
            if (!next) return found.generate(request, signal, heard);
            done += 1;
            const { text, toolCalls, finish } = responseOf(next);
            heard?.({ text });
            // It was paid for already.
            return ok({ text, toolCalls, finish, inputTokens: 0, outputTokens: 0 });
          },
        };
        return answering;
      },
    },
    conversations: { take: async () => recording.began.said, keep: async () => {}, release: async () => {} },
  };
}

function answersOf(recording: AgentRecording, kept: readonly RecordedLoop[]): CallRecord[] {
  const last = kept.at(-1)?.model.sequence ?? 0;
  return [...settledCalls(recording.calls).values()]
    .filter(({ kind, error, sequence }) => kind === 'model' && error === null && sequence <= last)
    .sort((a, b) => a.sequence - b.sequence);
}

function outcomeOf({ response, error, version }: CallRecord): ToolOutcome {
  if (!error) return { ok: true, value: response, version, logs: [] };
  const { code, message } = error;
  return { ok: false, failure: { code: code as never, message }, version };
}
