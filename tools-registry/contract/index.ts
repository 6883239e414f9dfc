/** Door `@baton/tools-registry/contract`: what a tool is and how one is called. Browser-safe. */

import type { JsonSchema, JsonValue } from './json.ts';

export type { JsonSchema, JsonValue } from './json.ts';
export { type SchemaViolation, validateAgainst } from './schema.ts';

/** A tool as its author wrote it; one version of a versioned resource. */
export interface ToolDefinition {
  name: string;
  /** What a model reads to decide whether to call it. */
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  /** TypeScript module whose default export is `defineTool({ … run(input, context) })`. */
  source: string;
  /** Calling twice with the same arguments changes the world twice. */
  sideEffect: boolean;
  limits: ToolLimits;
}

export interface ToolLimits {
  /** ms of wall time. */
  timeout: number;
  /** bytes. */
  memory: number;
}

export interface ToolCall {
  tenantId: string;
  name: string;
  /** `undefined` = latest published. */
  version: number | undefined;
  arguments: JsonValue;
  /** The same key never runs a side effect twice. */
  idempotencyKey: string;
}

/** Stable codes of a failed call; `message` reads "Expected …, but …". */
export type ToolFailureCode =
  | 'TOOL_NOT_FOUND'
  | 'TOOL_INPUT_INVALID'
  | 'TOOL_OUTPUT_INVALID'
  | 'TOOL_FAILED'
  | 'TOOL_TIMEOUT'
  | 'TOOL_MEMORY_EXCEEDED';

export type ToolOutcome =
  | { ok: true; value: JsonValue; version: number; logs: string[] }
  | { ok: false; failure: { code: ToolFailureCode; message: string; details?: unknown }; version: number };

/** The one way to call a tool: authorise, validate, run, answer. Never throws for a tool's own fault. */
export interface ToolInvoker {
  call(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome>;
}

/** Where tool definitions come from; every call takes the tenant. */
export interface ToolCatalog {
  get(
    tenantId: string,
    name: string,
    version: number | undefined,
  ): Promise<{ definition: ToolDefinition; version: number } | undefined>;
  list(tenantId: string): Promise<{ definition: ToolDefinition; version: number }[]>;
}
