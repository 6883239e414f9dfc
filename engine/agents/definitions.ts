import type { GuardrailPolicy } from '@baton/engine/guardrails';
import type { ModelProvider } from '@baton/engine/llm';
import type { JsonSchema } from '@baton/tools-registry/contract';

/** An agent as its designer saved it; one version of a versioned resource. */
export interface AgentDefinition {
  name: string;
  description: string;
  provider: string;
  model: string;
  /** `{{> name}}` and `{{> name@label}}` include a prompt. */
  systemPrompt: string;
  /** `{{name}}` takes a job variable; empty = the job's variables as JSON. Includes as the system prompt does. */
  userPrompt: string;
  parameters: AgentParameters;
  tools: readonly string[];
  /** Name of the policy every run keeps to. */
  guardrails?: string | undefined;
  memory: AgentMemory;
  /** What an answer has to fit where the run names no task: a task's response schema by its name, or a schema. */
  response?: string | JsonSchema | undefined;
  limits: AgentLimits;
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
