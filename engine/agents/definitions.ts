import type { GuardrailPolicy } from '@baton/engine/guardrails';
import type { ModelProvider } from '@baton/engine/llm';
import type { JsonSchema } from '@baton/tools-registry/contract';

/** An agent as its designer saved it; one version of a versioned resource. */
export interface AgentDefinition {
  name: string;
  description: string;
  provider: string;
  model: string;
  /** Asked in this order when the one before cannot answer; a run stays with the one that could. */
  fallbacks: readonly ModelChoice[];
  /** `{{> name}}` and `{{> name@label}}` include a prompt. */
  systemPrompt: string;
  /** `{{name}}` takes a job variable; empty = the job's variables as JSON. Includes as the system prompt does. */
  userPrompt: string;
  parameters: AgentParameters;
  tools: readonly string[];
  /** Name of the policy every run keeps to. */
  guardrails?: string | undefined;
  memory: AgentMemory;
  context: AgentContext;
  /** What an answer has to fit where the run names no task: a task's response schema by its name, or a schema. */
  response?: string | JsonSchema | undefined;
  limits: AgentLimits;
}

export interface ModelChoice {
  provider: string;
  model: string;
}

/** What becomes of a conversation that is longer than the model may be shown. */
export interface AgentContext {
  /** Tokens of a request, about; without it, as many as the limits allow. */
  maxTokens?: number | undefined;
  /**
   * `trim`: old results of tools go first, then the oldest loops. `summarize`: the model puts the oldest loops into words, which
   * stand for them. `fail`: the run ends with BUDGET_EXCEEDED.
   */
  overflow: 'trim' | 'summarize' | 'fail';
}

/** What is asked of the model besides the prompts; what is left out is the model's own. */
export interface AgentParameters {
  temperature: number;
  topP?: number | undefined;
  maxOutputTokens?: number | undefined;
  seed?: number | undefined;
  stop: readonly string[];
}

export interface AgentMemory {
  /** `conversation`: runs that name a conversation know what was said in it. */
  kind: 'none' | 'conversation';
  /** ISO 8601 duration after which a conversation is forgotten. */
  keep: string;
  /** How many of the latest messages the model is shown. */
  messages: number;
}

/** Of one run of the agent, but for `timeout`. */
export interface AgentLimits {
  maxModelCalls: number;
  /** Of all its answers together. */
  maxToolCalls: number;
  /** How often a tool may be called with the same arguments. */
  maxRepeats: number;
  /** Loops one after the other in which nothing new is learned. */
  maxIdleLoops: number;
  /** Input and output together. */
  maxTokens: number;
  /** ms for one model call. */
  timeout: number;
  /** US dollars, by the provider's prices. */
  maxCost?: number | undefined;
  /** ms. */
  maxDuration: number;
}

/** A typed contract between a process and an agent. */
export interface TaskDefinition {
  name: string;
  requestSchema: JsonSchema;
  responseSchema: JsonSchema;
}

export interface PromptDefinition {
  name: string;
  text: string;
}

export interface Versioned<T> {
  definition: T;
  version: number;
}

/** An agent of a tenant; the id stays when the name changes. */
export interface SavedAgent extends Versioned<AgentDefinition> {
  id: string;
}

/** Where definitions come from; every call takes the tenant. `undefined` version = latest. */
export interface AgentCatalog {
  agent(
    tenantId: string,
    name: string,
    version: number | { label: string } | undefined,
  ): Promise<SavedAgent | undefined>;
  task(
    tenantId: string,
    name: string,
    version: number | undefined,
  ): Promise<Versioned<TaskDefinition> | undefined>;
  prompt(
    tenantId: string,
    name: string,
    version: { label: string } | undefined,
  ): Promise<Versioned<PromptDefinition> | undefined>;
  policy(tenantId: string, name: string): Promise<Versioned<GuardrailPolicy> | undefined>;
}

/** Where a tenant's agents find their models: providers by the name that agents use. */
export interface ModelCatalog {
  provider(tenantId: string, name: string): Promise<ModelProvider | undefined>;
  /** Keys of all the tenant's providers, for guardrails to look for. */
  secrets(tenantId: string): Promise<readonly string[]>;
}
