import { createGuard, type Guard } from '@baton/engine/guardrails';
import type { ModelFailure, ModelMessage, ModelProvider } from '@baton/engine/llm';
import {
  failed,
  type GuardVerdict,
  type JsonObject,
  type JsonValue,
  ok,
  type Result,
  type RunBeginning,
} from '@baton/engine/protocol';
import { type JsonSchema, validateAgainst } from '@baton/tools-registry/contract';
import type { AgentCatalog, AgentDefinition, SavedAgent, TaskDefinition, Versioned } from './definitions.ts';
import type { AgentFailure } from './failures.ts';
import { guardedJson } from './guardedJson.ts';
import { type Offer, offerNow } from './offer.ts';
import { includePrompts, renderPrompt } from './prompt.ts';
import type { CallOwner } from './recordedCalls.ts';
import type { AgentRun, RunDependencies } from './runner.ts';

/** A model that a run may be with. */
export interface Candidate {
  provider: ModelProvider;
  model: string;
}

/** `provider/model`, as it is on record. */
export const candidateName = ({ provider, model }: Candidate): string => `${provider.name}/${model}`;

/** Everything a run uses, found before it asks anybody. */
export interface Prepared {
  agent: AgentDefinition;
  version: number;
  owner: CallOwner;
  /** The agent's own model first; at least one of them is set up. */
  candidates: readonly Candidate[];
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
  /** Kept with its first call; what was said before is not known yet. */
  began: RunBeginning;
}

/** Variables the task asks for; all of them when it names none. */
function requestOf(task: Versioned<TaskDefinition> | undefined, variables: JsonObject): JsonObject {
  const named = task?.definition.requestSchema.properties;
  if (!named || typeof named !== 'object') return variables;
  return Object.fromEntries(Object.entries(variables).filter(([name]) => Object.hasOwn(named, name)));
}

interface Contract {
  responseSchema: JsonSchema | undefined;
  task: RunBeginning['task'];
}

/** What answers are checked by: the schema of the run's task, else of the agent's own contract. */
async function contractOf(
  { agent, task, owner, begun }: AgentRun,
  catalog: AgentCatalog,
): Promise<Result<Contract, AgentFailure>> {
  const { response } = agent.definition;
  if (!task && typeof response !== 'string') return ok({ responseSchema: response, task: undefined });
  const named = task ?? (await catalog.task(owner.tenantId, response as string, begun?.taskVersion));
  if (named) {
    const { name, responseSchema } = named.definition;
    return ok({ responseSchema, task: { name, version: named.version } });
  }
  return failed({
    code: 'TASK_NOT_FOUND',
    message: `Expected a task '${response}' for the answers of agent '${agent.definition.name}', but there is none`,
  });
}

const hidden = '•••';

interface Guarding {
  guard: Guard;
  policy: RunBeginning['policy'];
  /** A text of the designer's as it may stand in a prompt, whatever the policy. */
  concealed(text: string): string;
}

async function guardOf(
  { definition: { guardrails: name } }: SavedAgent,
  tenantId: string,
  { catalog, models }: Pick<RunDependencies, 'catalog' | 'models'>,
): Promise<Result<Guarding, AgentFailure>> {
  const known = await models.secrets(tenantId);
  const unasked = createGuard(undefined, known);
  const concealed = (text: string) => unasked.check('input', text).text ?? hidden;
  if (name === undefined) return ok({ guard: unasked, policy: undefined, concealed });
  const policy = await catalog.policy(tenantId, name);
  if (!policy) {
    return failed({
      code: 'POLICY_NOT_FOUND',
      message: `Expected a policy '${name}', but there is none; without it the agent does not run`,
    });
  }
  const guard = createGuard(policy.definition, known);
  return ok({ guard, policy: { name, version: policy.version }, concealed });
}

/** What a run is asked, as it may be kept and shown: masked by the agent's policy, and nothing of what it blocks. */
export async function keptInput<T extends JsonValue>(
  agent: SavedAgent,
  tenantId: string,
  asked: T,
  dependencies: Pick<RunDependencies, 'catalog' | 'models'>,
): Promise<T | typeof hidden> {
  const found = await guardOf(agent, tenantId, dependencies);
  return (found.ok ? guardedJson(found.value.guard, 'input', asked).value : undefined) ?? hidden;
}

const notSetUp = (name: string): ModelFailure => ({
  code: 'MODEL_UNAVAILABLE',
  message: `Expected a provider '${name}', but none is set up`,
  retryable: false,
});

/** A provider of a chain that is not there cannot answer; whoever comes after it is asked. */
const absent = (name: string): ModelProvider => ({ name, generate: async () => failed(notSetUp(name)) });

export async function prepare(
  run: AgentRun,
  dependencies: RunDependencies,
): Promise<Result<Prepared, AgentFailure>> {
  const { catalog, tools, models } = dependencies;
  const { definition: agent, version } = run.agent;
  const { tenantId } = run.owner;
  const choices = [{ provider: agent.provider, model: agent.model }, ...agent.fallbacks];
  const providers = await Promise.all(choices.map(({ provider }) => models.provider(tenantId, provider)));
  if (!providers.some((provider) => provider)) return failed(notSetUp(agent.provider));
  const candidates = choices.map(
    ({ provider: name, model }, index): Candidate => ({ provider: providers[index] ?? absent(name), model }),
  );
  const request = requestOf(run.task, run.variables);
  if (run.task) {
    const violations = validateAgainst(run.task.definition.requestSchema, request);
    if (violations[0])
      return failed({ code: 'AGENT_INPUT_INVALID', message: violations[0].message, violations });
  }
  const contract = await contractOf(run, catalog);
  if (!contract.ok) return contract;
  const guarded = await guardOf(run.agent, tenantId, dependencies);
  if (!guarded.ok) return guarded;
  const { guard, policy, concealed } = guarded.value;

  const prompts = new Map<string, RunBeginning['prompts'][number]>();
  const read: Parameters<typeof includePrompts>[1] = async (name, version) => {
    const found = await catalog.prompt(tenantId, name, version);
    if (found) {
      const labelled = version ? { label: version.label } : {};
      prompts.set(JSON.stringify([name, version?.label]), { name, ...labelled, version: found.version });
    }
    return found;
  };
  const system = await includePrompts(agent.systemPrompt, read);
  if (!system.ok) return system;
  const user = await includePrompts(agent.userPrompt, read);
  if (!user.ok) return user;
  const { text: asked, verdicts } = guard.check(
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
  const { responseSchema, task } = contract.value;
  const prices = Object.fromEntries(
    candidates.flatMap((candidate) => {
      const price = candidate.provider.priceOf?.(candidate.model);
      return price ? [[candidateName(candidate), price]] : [];
    }),
  );
  return ok({
    agent,
    version,
    owner: run.owner,
    candidates,
    guard,
    offered,
    responseSchema,
    taskVersion: task?.version,
    messages: [
      { role: 'system', text: concealed(system.value) },
      { role: 'user', text: asked ?? '' },
    ],
    asked,
    verdicts,
    began: run.begun?.began ?? {
      agent: {
        id: run.agent.id,
        version,
        ...(run.unsaved && { definition: agent as unknown as JsonObject }),
      },
      ...(task && { task }),
      ...(policy && { policy }),
      prompts: [...prompts.values()],
      variables: asked === undefined ? {} : (guardedJson(guard, 'input', run.variables).value ?? {}),
      said: [],
      ...(Object.keys(prices).length > 0 && { prices }),
    },
  });
}
