import type { ModelMessage } from '@baton/engine/llm';
import {
  type CallLog,
  type CallRecord,
  type CallUsage,
  type ConversationMessage,
  type ConversationStore,
  failed,
  type GrantStore,
  type JsonObject,
  type JsonValue,
  type Result,
  type RunEvent,
} from '@baton/engine/protocol';
import type { ToolCatalog, ToolInvoker } from '@baton/tools-registry/contract';
import { agentLoop } from './agentLoop.ts';
import { forgottenAt, latestOf } from './conversation.ts';
import type { AgentCatalog, ModelCatalog, SavedAgent, TaskDefinition, Versioned } from './definitions.ts';
import type { AgentFailure } from './failures.ts';
import { violation } from './guardedJson.ts';
import { candidateName, type Prepared, prepare } from './preparedRun.ts';
import type { Questions } from './questions/questions.ts';
import { type AgentWorld, type CallOwner, recordCalls } from './recordedCalls.ts';
import type { Spending } from './spending.ts';

export interface AgentRun {
  agent: SavedAgent;
  /** Its definition is not what is saved at its version: a draft, or one that was asked something of its own. */
  unsaved?: boolean;
  task: Versioned<TaskDefinition> | undefined;
  variables: JsonObject;
  owner: CallOwner;
  /** Id of the conversation the run belongs to; an agent without memory forgets it. */
  conversation?: string | undefined;
  /** The first call of the same run from before a crash: it goes on with what it began with. */
  begun?: CallRecord | undefined;
  /** Who asked for it: whose own access to MCP servers its tools have. */
  user?: string;
  /** Somebody waits for the run, and it for people; without, it ends with QUESTION_OPEN until they have answered. */
  waits?: boolean;
}

export interface AgentTools {
  catalog: ToolCatalog;
  invoker: ToolInvoker;
}

export interface RunDependencies {
  catalog: AgentCatalog;
  tools: AgentTools;
  calls: CallLog;
  models: ModelCatalog;
  conversations: ConversationStore;
  questions: Questions;
  /** Without it, the tenant's quotas are nobody's matter here. */
  spending?: Spending;
  /** Without it, limits are never raised. */
  grants?: Pick<GrantStore, 'ofElement'>;
  world: AgentWorld;
}

export interface AgentRunResult {
  result: Result<JsonValue, AgentFailure>;
  /** What the model last said; of a run that failed, what there is. */
  text: string;
  usage: CallUsage;
}

/** Hears what a run does; pieces of text as far as the guardrails are sure of them. */
export type HearRun = (event: RunEvent) => void;

/** Does a run, wherever that is: here, or in a context of its own. */
export type RunAgent = (run: AgentRun, signal: AbortSignal, heard?: HearRun) => Promise<AgentRunResult>;

/** ms a conversation stays with a run beyond the longest that the run may take. */
const GRACE = 60_000;

/** The messages a run began with, of the record of its first call. */
function messagesOf(begun: CallRecord): ModelMessage[] {
  return [...(begun.request as unknown as { messages: ModelMessage[] }).messages];
}

/**
 * A run of an agent, of a job as of a request: the loop prompt → model → tool calls → results, until the model answers.
 * Whatever it does is reserved, guarded, done, recorded and settled, in this order.
 */
export async function runAgent(
  run: AgentRun,
  dependencies: RunDependencies,
  signal: AbortSignal,
  heard?: HearRun,
): Promise<AgentRunResult> {
  const { definition: agent, id: agentId } = run.agent;
  const { world, conversations } = dependencies;
  const nothing = { text: '', usage: { inputTokens: 0, outputTokens: 0, cost: 0 } };
  const prepared = await prepare(run, dependencies);
  if (!prepared.ok) return { result: prepared, ...nothing };
  const { messages, asked } = prepared.value;
  if (asked === undefined) {
    await recordBlocked(prepared.value, dependencies);
    return { result: failed(violation(prepared.value.verdicts)), ...nothing };
  }

  const { tenantId, elementInstanceKey: by } = run.owner;
  const key =
    agent.memory.kind === 'conversation' && run.conversation !== undefined
      ? { tenantId, agentId, id: run.conversation }
      : undefined;
  let said: ConversationMessage[] = [];
  if (key) {
    const now = world.now();
    const taken = await conversations.take(key, by, now, now + agent.limits.maxDuration + GRACE);
    if (!taken) {
      const message = `Expected the conversation '${key.id}' to wait for its next message, but another run is at work in it`;
      return { result: failed({ code: 'CONVERSATION_BUSY', message }), ...nothing };
    }
    said = latestOf(taken, agent.memory);
    const remembered = said.map(
      ({ role, text }): ModelMessage => (role === 'user' ? { role, text } : { role, text, toolCalls: [] }),
    );
    messages.splice(1, 0, ...remembered);
    if (!run.begun) prepared.value.began = { ...prepared.value.began, said };
  }
  if (run.begun) messages.splice(0, messages.length, ...messagesOf(run.begun));

  let kept = false;
  try {
    const ended = await agentLoop(prepared.value, run, dependencies, signal, heard);
    if (key && ended.result.ok) {
      const all: ConversationMessage[] = [
        ...said,
        { role: 'user', text: asked },
        { role: 'assistant', text: ended.text },
      ];
      const remembered = latestOf(all, agent.memory);
      await conversations.keep(key, by, remembered, forgottenAt(world.now(), agent.memory));
      kept = true;
    }
    return ended;
  } finally {
    if (key && !kept) await conversations.release(key, by);
  }
}

/** A run that was not let begin is on record, without what it was asked. */
async function recordBlocked(
  { agent, version, owner, candidates, verdicts, began }: Prepared,
  { calls, world }: RunDependencies,
): Promise<void> {
  await recordCalls(calls, world, owner).act(
    { kind: 'model', name: agent.name, version, model: candidateName(candidates[0]!), began },
    { model: agent.model, messages: [] },
    async () => ({
      response: null,
      error: violation(verdicts),
      usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
      verdicts,
    }),
  );
}
