import type { ToolConnections } from '../connections/toolConnections.ts';
import type { Capabilities, Embedder, JsonValue } from '../contract/index.ts';
import type { HostAnswer } from '../sandbox/runner.ts';

/** Where tools keep values: of one tool from call to call, or of one run from step to step. */
export interface ToolValues {
  get(tenantId: string, scope: string, key: string): Promise<JsonValue | undefined>;
  /** False when the scope holds `atMost` keys already. */
  set(tenantId: string, scope: string, key: string, value: JsonValue, atMost: number): Promise<boolean>;
  delete(tenantId: string, scope: string, key: string): Promise<void>;
  keys(tenantId: string, scope: string): Promise<string[]>;
}

/** What a tool asks a model. */
export interface ModelQuestion {
  /** Name of the tenant's provider. */
  provider: string;
  model: string;
  prompt: string;
  system?: string;
  maxTokens?: number;
  temperature?: number;
}

export interface AskedModel {
  tenantId: string;
  toolId: string;
  run: string | undefined;
  question: ModelQuestion;
}

/** What the host gives tools a part of. */
export interface ToolWorld {
  /** Refuses addresses inside our networks, whatever their names resolve to. */
  fetch: typeof fetch;
  /** epoch ms. */
  now(): number;
  /** What an admin has granted the tool. */
  granted(tenantId: string, toolId: string): Promise<Capabilities>;
  /** The secret's value; `undefined` when there is none of that name. */
  secret(tenantId: string, name: string): Promise<string | undefined>;
  values: ToolValues;
  connections: Omit<ToolConnections, 'test' | 'close'>;
  /** Meanings of texts; without it, texts are found by their words alone. */
  embedder?: Embedder | undefined;
  /** One answer of a model: `{text, model, inputTokens, outputTokens}`; paid by the tenant, and recorded. */
  ask(asked: AskedModel, signal: AbortSignal): Promise<HostAnswer>;
  /** The value of a FEEL expression, or what is wrong with it. */
  feel(
    expression: string,
    variables: { [name: string]: JsonValue },
  ): { ok: true; value: JsonValue } | { ok: false; message: string };
}
