import type { ModelProvider } from '@baton/engine/llm';
import type { JsonSchema } from '@baton/tools-registry/contract';

/** An agent as its designer saved it; one version of a versioned resource. */
export interface AgentDefinition {
  name: string;
  description: string;
  provider: string;
  model: string;
  systemPrompt: string;
  /** `{{name}}` takes a job variable; empty = the job's variables as JSON. */
  userPrompt: string;
  parameters: AgentParameters;
  tools: readonly string[];
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

export interface AgentLimits {
  /** Per run of the agent. */
  maxModelCalls: number;
  /** Input and output together, per run of the agent. */
  maxTokens: number;
  /** ms for one model call. */
  timeout: number;
}

/** A typed contract between a process and an agent. */
export interface TaskDefinition {
  name: string;
  requestSchema: JsonSchema;
  responseSchema: JsonSchema;
}

export interface Versioned<T> {
  definition: T;
  version: number;
}

/** Where definitions come from; every call takes the tenant. `undefined` version = latest. */
export interface AgentCatalog {
  agent(
    tenantId: string,
    name: string,
    version: number | undefined,
  ): Promise<Versioned<AgentDefinition> | undefined>;
  task(
    tenantId: string,
    name: string,
    version: number | undefined,
  ): Promise<Versioned<TaskDefinition> | undefined>;
}

/** Where a tenant's agents find their models: providers by the name that agents use. */
export interface ModelCatalog {
  provider(tenantId: string, name: string): Promise<ModelProvider | undefined>;
}
