import { createGuard, type Guard } from '@baton/engine/guardrails';
import type { ModelMessage, ModelProvider } from '@baton/engine/llm';
import {
  type CallLog,
  type CallRecord,
  type CallUsage,
  type ConversationMessage,
  type ConversationStore,
  failed,
  type GuardVerdict,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
  type RunEvent,
} from '@baton/engine/protocol';
import {
  type JsonSchema,
  type ToolCatalog,
  type ToolInvoker,
  validateAgainst,
} from '@baton/tools-registry/contract';
import { withTimeout } from './abortable.ts';
import { createBudget } from './budget.ts';
import { forgottenAt, latestOf } from './conversation.ts';
import type {
  AgentCatalog,
  AgentDefinition,
  ModelCatalog,
  SavedAgent,
  TaskDefinition,
  Versioned,
} from './definitions.ts';
import type { AgentFailure } from './failures.ts';
import { guardedJson, violation } from './guardedJson.ts';
import { askModel } from './modelCall.ts';
import { type Offer, offeredThen, offerNow } from './offer.ts';
import { includePrompts, renderPrompt } from './prompt.ts';
import type { Questions } from './questions/questions.ts';
import { type AgentWorld, type CallOwner, recordCalls } from './recordedCalls.ts';
import { answerCalls } from './toolCalls.ts';

export interface AgentRun {
  agent: SavedAgent;
  task: Versioned<TaskDefinition> | undefined;
  variables: JsonObject;
  owner: CallOwner;
  /** Id of the conversation the run belongs to; an agent without memory forgets it. */
  conversation?: string | undefined;
  /** The first call of the same run from before a crash: it goes on with what it began with. */
  begun?: CallRecord | undefined;
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

/** How often an answer that breaks its schema is sent back before the run gives up. */
const REPAIRS = 1;
/** ms a conversation stays with a run beyond the longest that the run may take. */
const GRACE = 60_000;

/** Everything a run uses, found before it asks anybody. */
export interface Prepared {
  agent: AgentDefinition;
  version: number;
  owner: CallOwner;
  provider: ModelProvider;
  guard: Guard;
  /** Its tools as it begins. */
  offered: Offer;
  responseSchema: JsonSchema | undefined;
  /** Of the task that has the response schema. */
  taskVersion: number | undefined;
  messages: ModelMessage[];
  /** The last of the messages: what this run is asked. `undefined` = it may not be. */
  asked: string | undefined;
  /** Of what it is asked. */
  verdicts: GuardVerdict[];
}

/** Variables the task asks for; all of them when it names none. */
function requestOf(task: Versioned<TaskDefinition> | undefined, variables: JsonObject): JsonObject {
  const named = task?.definition.requestSchema.properties;
  if (!named || typeof named !== 'object') return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(named, name)));
}

function parseAnswer(text: string): JsonValue | undefined {
  const unfenced = text.trim().replace(/^```(?:json)?\s*|\s*```$/g, '');
  try {
    return JSON.parse(unfenced) as JsonValue;
  } catch {
    return undefined;
  }
}

/** What answers are checked by: the schema of the run's task, else of the agent's own contract. */
async function contractOf(
  { agent, task, owner, begun }: AgentRun,
  catalog: AgentCatalog,
): Promise<Result<Pick<Prepared, 'responseSchema' | 'taskVersion'>, AgentFailure>> {
  const { response } = agent.definition;
  if (!task && typeof response !== 'string') return ok({ responseSchema: response, taskVersion: undefined });
  const named = task ?? (await catalog.task(owner.tenantId, response as string, begun?.taskVersion));
  if (named) return ok({ responseSchema: named.definition.responseSchema, taskVersion: named.version });
  return failed({
    code: 'TASK_NOT_FOUND',
    message: `Expected a task '${response}' for the answers of agent '${agent.definition.name}', but there is none`,
  });
}

async function guardOf(
  { definition: { guardrails: name } }: SavedAgent,
  tenantId: string,
  { catalog, models }: Pick<RunDependencies, 'catalog' | 'models'>,
): Promise<Result<Guard, AgentFailure>> {
  if (name === undefined) return ok(createGuard(undefined, []));
  const policy = await catalog.policy(tenantId, name);
  if (!policy) {
    return failed({
      code: 'POLICY_NOT_FOUND',
      message: `Expected a policy '${name}', but there is none; without it the agent does not run`,
    });
  }
  const looks = policy.definition.checks.some(({ check }) => check === 'secrets');
  return ok(createGuard(policy.definition, looks ? await models.secrets(tenantId) : []));
}

const hidden = '•••';

/** What a run is asked, as it may be kept and shown: masked by the agent's policy, and nothing of what it blocks. */
export async function keptInput<T extends JsonValue>(
  agent: SavedAgent,
  tenantId: string,
  asked: T,
  dependencies: Pick<RunDependencies, 'catalog' | 'models'>,
): Promise<T | typeof hidden> {
  const guard = await guardOf(agent, tenantId, dependencies);
  return (guard.ok ? guardedJson(guard.value, 'input', asked).value : undefined) ?? hidden;
}

async function prepare(
  run: AgentRun,
  dependencies: RunDependencies,
): Promise<Result<Prepared, AgentFailure>> {
  const { catalog, tools, models } = dependencies;
  const { definition: agent, version } = run.agent;
  const { tenantId } = run.owner;
  const provider = await models.provider(tenantId, agent.provider);
  if (!provider) {
    return failed({
      code: 'MODEL_UNAVAILABLE',
      message: `Expected a provider '${agent.provider}' for agent '${agent.name}', but none is set up`,
      retryable: false,
    });
  }
  const request = requestOf(run.task, run.variables);
  if (run.task) {
    const violations = validateAgainst(run.task.definition.requestSchema, request);
    if (violations[0])
      return failed({ code: 'AGENT_INPUT_INVALID', message: violations[0].message, violations });
  }
  const contract = await contractOf(run, catalog);
  if (!contract.ok) return contract;
  const guard = await guardOf(run.agent, tenantId, dependencies);
  if (!guard.ok) return guard;

  const read: Parameters<typeof includePrompts>[1] = (name, label) => catalog.prompt(tenantId, name, label);
  const system = await includePrompts(agent.systemPrompt, read);
  if (!system.ok) return system;
  const user = await includePrompts(agent.userPrompt, read);
  if (!user.ok) return user;
  const { text: asked, verdicts } = guard.value.check(
    'input',
    renderPrompt(user.value, user.value.trim() === '' ? request : run.variables),
  );

  const offered = await offerNow(tools.catalog, tenantId, agent.tools);
  const there = new Set([...offered.values()].map(({ name }) => name));
  const gone = agent.tools.filter((name) => !there.has(name));
  // A run that has begun goes on without what was deleted since: it may have used it already.
  if (gone.length > 0 && !run.begun) {
    return failed({
      code: 'TOOL_NOT_FOUND',
      message: `Expected every tool of agent '${agent.name}' to be there, but there is no ${gone.map((name) => `'${name}'`).join(', ')}`,
    });
  }
  return ok({
    agent,
    version,
    owner: run.owner,
    provider,
    guard: guard.value,
    offered,
    ...contract.value,
    messages: [
      { role: 'system', text: system.value },
      { role: 'user', text: asked ?? '' },
    ],
    asked,
    verdicts,
  });
}

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
  }
  if (run.begun) messages.splice(0, messages.length, ...messagesOf(run.begun));

  let kept = false;
  try {
    const ended = await loop(prepared.value, run, dependencies, signal, heard);
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
  { agent, version, owner, provider, verdicts }: Prepared,
  { calls, world }: RunDependencies,
): Promise<void> {
  await recordCalls(calls, world, owner).act(
    { kind: 'model', name: agent.name, version, model: `${provider.name}/${agent.model}` },
    { model: agent.model, messages: [] },
    async () => ({
      response: null,
      error: violation(verdicts),
      usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
      verdicts,
    }),
  );
}

/** Calls of models that the run made before, by their places. */
async function madeBefore({ begun, owner }: AgentRun, log: CallLog): Promise<Map<number, CallRecord>> {
  if (!begun) return new Map();
  const all = await log.list(owner.tenantId, owner.processInstanceKey);
  return new Map(
    all
      .filter(
        ({ elementInstanceKey, kind, error }) =>
          elementInstanceKey === owner.elementInstanceKey && kind === 'model' && error === null,
      )
      .map((call) => [call.sequence, call]),
  );
}

async function loop(
  prepared: Prepared,
  run: AgentRun,
  { tools, calls: log, questions, world }: RunDependencies,
  outer: AbortSignal,
  listener: HearRun | undefined,
): Promise<AgentRunResult> {
  const { agent, owner, provider, responseSchema, messages } = prepared;
  const { maxDuration } = agent.limits;
  const budget = createBudget({
    limits: agent.limits,
    costOf: (usage) => provider.costOf?.(agent.model, usage) ?? 0,
  });
  const limited = withTimeout(world, maxDuration, outer);
  const calls = recordCalls(log, world, owner);
  const before = await madeBefore(run, log);
  let { verdicts } = prepared;
  let begins: Offer | undefined = prepared.offered;
  let text = '';
  let repairs = 0;
  /** Told of an answer that has not ended. */
  let told = '';
  const heard: HearRun | undefined =
    listener &&
    ((event) => {
      if (event.event === 'text.delta') told += event.data.text;
      listener(event);
    });
  const ended = (result: AgentRunResult['result']): AgentRunResult => ({
    result,
    text: told || text,
    usage: { ...budget.used },
  });

  /** What there is changes while the run goes on; what it did before, it did with what there was then. */
  async function offerAt(place: number): Promise<Offer> {
    const known = before.get(place);
    const offer =
      (known && offeredThen(known)) ?? begins ?? (await offerNow(tools.catalog, owner.tenantId, agent.tools));
    begins = undefined;
    return offer;
  }

  /** Why the run does not go on, whatever its last call says of that. */
  function stopped(): AgentFailure | undefined {
    if (outer.aborted)
      return { code: 'RUN_CANCELLED', message: 'Expected the run to be waited for, but it was cancelled' };
    if (limited.expired()) {
      const message = `Expected the run to take at most ${maxDuration} ms, but it goes on`;
      return { code: 'BUDGET_EXCEEDED', message };
    }
    return undefined;
  }

  try {
    for (;;) {
      const already = stopped();
      if (already) return ended(failed(already));
      const { signal } = limited;
      const place = calls.place();
      const offered = await offerAt(place);
      const asked = await askModel(prepared, {
        budget,
        calls,
        place,
        offered,
        verdicts,
        world,
        signal,
        heard,
      });
      const after = stopped();
      if (!asked.ok) return ended(failed(after ?? asked.failure));
      told = '';
      verdicts = [];
      text = asked.value.text;
      if (after) return ended(failed(after));
      const { toolCalls, finish } = asked.value;
      messages.push({ role: 'assistant', text, toolCalls });
      if (toolCalls.length > 0) {
        const results = await answerCalls(toolCalls, {
          owner,
          offered,
          invoker: tools.invoker,
          questions,
          calls,
          world,
          guard: prepared.guard,
          signal,
          heard,
          waits: run.waits === true,
        });
        if (!results.ok) return ended(failed(stopped() ?? results.failure));
        messages.push(...results.value);
        continue;
      }
      if (finish === 'length') {
        const message = 'Expected the model to come to an end within its tokens, but its answer was cut';
        return ended(failed({ code: 'BUDGET_EXCEEDED', message }));
      }
      if (!responseSchema) return ended(ok({ text }));
      const answer = parseAnswer(text);
      const violations =
        answer === undefined
          ? [{ pointer: '', message: `Expected the answer to be JSON, but it is: ${text.slice(0, 200)}` }]
          : validateAgainst(responseSchema, answer);
      if (violations.length === 0) return ended(ok(answer as JsonValue));
      if (repairs >= REPAIRS) {
        const { message = '' } = violations[0] ?? {};
        return ended(failed({ code: 'AGENT_ANSWER_INVALID', message, violations }));
      }
      repairs += 1;
      messages.push({
        role: 'user',
        text: `The answer does not fit its schema:\n${violations.map(({ message }) => `- ${message}`).join('\n')}\nAnswer again, with JSON only.`,
      });
    }
  } finally {
    limited.done();
  }
}
