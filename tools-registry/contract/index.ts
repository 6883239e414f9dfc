/** Door `@baton/tools-registry/contract`: what a tool is and how one is called. Browser-safe. */

import { type Capabilities, noCapabilities } from './capabilities.ts';
import type { JsonSchema, JsonValue } from './json.ts';

export {
  type Capabilities,
  connectionNamePattern,
  coveringHost,
  declares,
  granted,
  hostPattern,
  noCapabilities,
  notGranted,
  secretNamePattern,
  WHATEVER_GRANTED,
} from './capabilities.ts';
export {
  type ConnectionKind,
  type ConnectionTest,
  connectionKindNames,
  type ToolConnection,
} from './connections.ts';
export type { JsonSchema, JsonValue } from './json.ts';
export type * from './mcpFace.ts';
export * from './mcpServer.ts';
export { checkSchema, type SchemaProblem, type SchemaViolation, validateAgainst } from './schema/index.ts';
export { builtInSources, isBuiltInSource, sourceOfName } from './toolNames.ts';
export { type TypedTool, toolTypes, typeOfSchema } from './toolTypes.ts';

/** A tool as its author wrote it; one version of a versioned resource. */
export interface ToolDefinition {
  name: string;
  /** What a model reads to decide whether to call it. */
  description: string;
  input: JsonSchema;
  output: JsonSchema;
  /** Words it is found by. */
  tags?: readonly string[];
  /** TypeScript module whose default export is `defineTool({ … run(input, context) })`. */
  source: string;
  /** Calling twice with the same arguments changes the world twice. */
  sideEffect: boolean;
  /** What it is given leaves our systems. */
  egress: boolean;
  approval: ToolApproval;
  capabilities: Capabilities;
  limits: ToolLimits;
}

/** Whether a person has to agree before an agent's call is carried out; `when` is FEEL over the arguments. */
export type ToolApproval = 'never' | 'always' | { when: string };

export interface ToolLimits {
  /** ms of wall time. */
  timeout: number;
  /** bytes. */
  memory: number;
}

/** Where a tool comes from: saved by the tenant, part of the product, or listed by a connected MCP server. */
export type ToolOrigin =
  | { kind: 'saved' }
  | { kind: 'builtIn' }
  /** `tool` is its name there; here it is called `<server>.<tool>`. */
  | { kind: 'mcp'; serverId: string; server: string; tool: string };

/** What a tool wants to know from a person before it goes on; it may ask more than once. */
export interface ToolQuestion {
  /** The same question of the same call has the same id, however often the call is begun again. */
  id: string;
  /** `approval`: whether the call may be made, with `proposed` as its arguments; they may be changed. */
  kind: 'input' | 'approval';
  message: string;
  /** Of the answer's content: an object. */
  schema: JsonSchema;
  /** What the form begins with. */
  proposed?: { [name: string]: JsonValue };
}

/** As MCP's elicitation has them: answered, refused, or left. */
export type ToolAnswer =
  | { action: 'accept'; content: { [name: string]: JsonValue } }
  | { action: 'decline' }
  | { action: 'cancel' };

export interface ToolProgress {
  progress: number;
  total?: number;
  message?: string;
}

export interface ToolCall {
  tenantId: string;
  name: string;
  /** `undefined` = latest published. */
  version: number | undefined;
  arguments: JsonValue;
  /** The same key never runs a side effect twice. */
  idempotencyKey: string;
  /** The run it belongs to, whose files it may read and write: of a process instance or of an agent. */
  run?: string;
  /** Whoever asked for the call: whose own access to an MCP server it uses. Without it, the server's. */
  user?: string;
  /** What people answered to the call's questions so far, by the question's id. */
  answers?: { readonly [questionId: string]: ToolAnswer };
  /** What the call ended with when it asked: it goes on from there. */
  resume?: JsonValue;
  heard?: (progress: ToolProgress) => void;
}

/** Stable codes of a failed call; `message` reads "Expected …, but …". */
export type ToolFailureCode =
  | 'TOOL_NOT_FOUND'
  | 'TOOL_INPUT_INVALID'
  | 'TOOL_OUTPUT_INVALID'
  | 'TOOL_FAILED'
  | 'TOOL_TIMEOUT'
  | 'TOOL_MEMORY_EXCEEDED'
  | 'TOOL_OUTPUT_TOO_LARGE'
  | 'TOOL_APPROVAL_REQUIRED'
  /** Somebody was asked and said no. */
  | 'TOOL_DECLINED'
  | 'TOOL_INPUT_REQUIRED'
  /** What the server says of the tool differs from what an admin accepted. */
  | 'TOOL_QUARANTINED'
  | 'TOOL_SERVER_UNAVAILABLE'
  | 'TOOL_CANCELLED'
  | 'SANDBOX_BUSY';

/** One thing a tool asked of the world around it, as people are told of it: never a secret, never a body. */
export interface HostCallSummary {
  kind: 'fetch' | 'secret' | 'state' | 'file' | 'connection' | 'model' | 'question' | 'data';
  /** `GET https://api.example.com/orders`, `get API_TOKEN`, `set counter`. */
  what: string;
  /** `200`, `found`, `ADDRESS_REFUSED` … */
  outcome: string;
  ok: boolean;
  /** ms */
  duration: number;
}

/** What a tool gives beside its value, as MCP has it: texts, pictures, sounds, resources. */
export type ToolContentBlock = { type: string } & { [field: string]: JsonValue };

export type ToolOutcome =
  | {
      ok: true;
      value: JsonValue;
      version: number;
      logs: string[];
      hostCalls?: HostCallSummary[];
      /** Only where the value does not say it all. */
      content?: ToolContentBlock[];
    }
  | {
      ok: false;
      failure: { code: ToolFailureCode; message: string; details?: unknown };
      version: number;
      /** With `TOOL_INPUT_REQUIRED` and `TOOL_APPROVAL_REQUIRED`: the call is to be made again with an answer and `resume`. */
      question?: ToolQuestion;
      resume?: JsonValue;
    };

/** The one way to call a tool: authorise, validate, run, answer. Never throws for a tool's own fault. */
export interface ToolInvoker {
  call(call: ToolCall, signal: AbortSignal): Promise<ToolOutcome>;
}

export interface CatalogTool {
  /** Of the tool, whatever it is called: what it is granted belongs to it. */
  id: string;
  definition: ToolDefinition;
  version: number;
  origin: ToolOrigin;
  /** Whose kept values it sees, if not its own. */
  keepsWith?: string;
  /** Whether its source would run it now; `ready` without it. */
  state?: 'ready' | 'quarantined' | 'unavailable';
}

/** Where tool definitions come from; every call takes the tenant. */
export interface ToolCatalog {
  get(tenantId: string, name: string, version: number | undefined): Promise<CatalogTool | undefined>;
  list(tenantId: string): Promise<CatalogTool[]>;
}

/** Tools of one origin: what there is, and how one is run whose call is approved and whose arguments fit. */
export interface ToolSource extends ToolCatalog {
  /** Whether a tool of this name would be its: names say their source. */
  owns(name: string): boolean;
  run(tool: CatalogTool, call: ToolCall, signal: AbortSignal): Promise<ToolOutcome>;
}

/** Texts as vectors: what means the same is near. */
export interface Embedder {
  /** Vectors of different models do not compare. */
  readonly model: string;
  readonly dimensions: number;
  /**
   * @param texts of which the first 256 tokens count
   * @param options `soon`: somebody waits for it
   * @returns vectors of length 1; `undefined` where the model cannot be run
   */
  embed(texts: readonly string[], options?: { soon?: boolean }): Promise<Float32Array[] | undefined>;
}

/** A definition as it was stored, which may be from before a field was there. */
export function readToolDefinition(stored: Partial<ToolDefinition> & { name: string }): ToolDefinition {
  return {
    description: '',
    input: {},
    output: {},
    source: '',
    sideEffect: false,
    egress: false,
    approval: 'never',
    ...stored,
    capabilities: { ...noCapabilities, ...stored.capabilities },
    limits: { timeout: 5_000, memory: 32_000_000, ...stored.limits },
  };
}
