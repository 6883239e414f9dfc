import type { ToolSource } from './index.ts';
import type { JsonSchema, JsonValue } from './json.ts';

/** How a server is reached. `sse` is HTTP as it was before Streamable HTTP. */
export type McpTransport =
  | { kind: 'http' | 'sse'; url: string }
  | { kind: 'stdio'; command: string; args: string[]; env: { [name: string]: McpVariable } };

/** A value as it is, or the name of a secret of the tenant. */
export type McpVariable = { value: string } | { secret: string };

/** Values of headers, client secrets and tokens are no part of it: they are credentials. */
export type McpAuth =
  | { kind: 'none' }
  | { kind: 'header'; name: string }
  | { kind: 'oauth'; scopes: string[]; clientId?: string }
  /** Everybody's own token, in this header; without a person, the server's own. */
  | { kind: 'user'; header: string };

/** A server as an admin saved it. */
export interface McpServer {
  id: string;
  /** The part before the dot in its tools' names. */
  name: string;
  transport: McpTransport;
  auth: McpAuth;
  /** ms a call may last; progress begins it again. */
  timeout: number;
  enabled: boolean;
  /** Another one: connected anew. */
  revision: number;
  /** Who saved it last: the first contracts of its tools are taken as what this person saw. */
  savedBy: string;
  /** Of a command: what an admin agreed to, by `commandHash`. */
  approval: McpApproval | null;
}

export interface McpApproval {
  hash: string;
  by: string;
  /** epoch ms */
  at: number;
}

export type McpServerState =
  | 'connected'
  | 'connecting'
  | 'error'
  | 'disabled'
  | 'needsApproval'
  | 'needsAuthorization';

export interface McpServerStatus {
  state: McpServerState;
  /** "Expected …, but …"; empty when nothing is wrong. */
  message: string;
  /** epoch ms */
  checkedAt: number | null;
  protocolVersion?: string;
  serverInfo?: { name: string; version: string };
  capabilities?: string[];
  /** ms of the last answer to "are you there". */
  latency?: number;
}

/** What a server promises of a tool, and an admin accepts: its hash is over all of it. */
export interface McpToolContract {
  /** Its name at the server. */
  tool: string;
  title?: string;
  description: string;
  input: JsonSchema;
  /** `{}`: it says nothing of its answers. */
  output: JsonSchema;
  annotations: { [name: string]: JsonValue };
}

export type McpToolState =
  /** As accepted. */
  | 'locked'
  /** Differs from what was accepted. */
  | 'quarantined'
  /** Not accepted yet. */
  | 'new'
  /** Accepted, but not listed any more. */
  | 'gone';

export interface McpAcceptance {
  hash: string;
  by: string;
  /** epoch ms */
  at: number;
}

/** What is different at one place of a contract; `undefined` = not there. */
export interface McpDifference {
  /** `description`, `input/properties/to`. */
  place: string;
  accepted?: JsonValue;
  seen?: JsonValue;
}

export interface McpDrift {
  changes: McpDifference[];
  /** The same for people, line by line. */
  text: string;
  /** epoch ms */
  seenAt: number;
}

/** Something in a contract that reads like an instruction to a model, or hides from people. */
export interface McpFinding {
  code: string;
  severity: 'high' | 'low';
  /** `description`, `input/properties/to/description`. */
  place: string;
  message: string;
}

/** A tool as admins see it. */
export interface McpToolView extends Omit<McpToolContract, 'title'> {
  title?: string;
  /** `<server>.<tool>`. */
  name: string;
  /** Of the contract shown: what the server says now. */
  hash: string;
  state: McpToolState;
  accepted: McpAcceptance | null;
  drift: McpDrift | null;
  findings: McpFinding[];
}

/** How many tools of a server are in which state. */
export interface McpToolCounts {
  locked: number;
  quarantined: number;
  new: number;
  gone: number;
}

export interface McpResourceView {
  uri: string;
  name: string;
  title?: string;
  description?: string;
  mimeType?: string;
  /** `uri` has places to fill in. */
  template: boolean;
}

export interface McpPromptView {
  name: string;
  title?: string;
  description?: string;
  arguments: { name: string; description?: string; required: boolean }[];
}

/** One message as it went over the wire, without secrets; shortened where it is long. */
export interface McpMessage {
  /** epoch ms */
  at: number;
  direction: 'sent' | 'received';
  message: JsonValue;
}

/** What an inspector may ask a server. */
export const mcpInspectorMethods = [
  'ping',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
  'resources/read',
  'prompts/list',
  'prompts/get',
  'completion/complete',
] as const;
export type McpInspectorMethod = (typeof mcpInspectorMethods)[number];

export interface McpExchange {
  response?: JsonValue;
  error?: { code: number; message: string; data?: JsonValue };
  messages: McpMessage[];
}

export type McpFailureCode =
  | 'MCP_SERVER_NOT_FOUND'
  | 'MCP_SERVER_UNAVAILABLE'
  | 'MCP_NEEDS_AUTHORIZATION'
  /** An authorization that was not begun here, or not by this person, or did not end well. */
  | 'MCP_AUTHORIZATION_FAILED'
  /** The server says something else by now than what was to be accepted. */
  | 'MCP_TOOL_CHANGED';

export interface McpFailure {
  code: McpFailureCode;
  /** "Expected …, but …". */
  message: string;
}

export type McpResult<T> = { ok: true; value: T } | { ok: false; failure: McpFailure };

/** The secrets that a check is made with before they are saved. */
export interface McpCheckSecrets {
  /** Of the header: `auth` `header`, or `user`. */
  value?: string;
  clientSecret?: string;
}

/**
 * The connections of this process to the tenants' MCP servers: one for a server, or one for a person whose own access it needs.
 * Whoever changes what is stored says so: `serverChanged`, `locksChanged`.
 */
export interface McpConnections {
  /** Accepted tools, as the invoker calls them. */
  source: ToolSource;
  /** What an admin agrees to when a command is approved: over command, arguments, and what its environment is made of. */
  commandHash(transport: McpTransport & { kind: 'stdio' }): string;

  /** Connects to the tenant's servers and keeps them connected. */
  start(tenantId: string): Promise<void>;
  stop(tenantId: string): Promise<void>;
  close(): Promise<void>;
  /** Saved, approved, authorized, deleted: connects anew if what is stored differs. */
  serverChanged(tenantId: string, serverId: string): Promise<void>;
  /** Another process accepted or saw something. */
  locksChanged(tenantId: string, serverId: string): void;

  status(tenantId: string, serverId: string): McpServerStatus;
  counts(tenantId: string, serverId: string): Promise<McpToolCounts>;
  tools(tenantId: string, serverId: string): Promise<McpToolView[]>;
  /** Takes what the server says now; all of them or none: each by the hash that the admin saw. */
  accept(
    tenantId: string,
    serverId: string,
    tools: readonly { tool: string; hash: string }[],
    by: string,
  ): Promise<McpResult<McpToolView[]>>;
  resources(tenantId: string, serverId: string): Promise<McpResult<McpResourceView[]>>;
  prompts(tenantId: string, serverId: string): Promise<McpResult<McpPromptView[]>>;

  /** Connects to a server as it is given, saved or not, lists its tools and disconnects; nothing is kept. */
  check(
    tenantId: string,
    server: McpServer,
    options: { user?: string; secrets?: McpCheckSecrets },
    signal: AbortSignal,
  ): Promise<{ status: McpServerStatus; tools: McpToolView[] }>;
  /** Connects anew, whatever the back-off says; of a server that wants everybody's own access, with that of `user`. */
  recheck(tenantId: string, serverId: string, user?: string): Promise<McpServerStatus>;

  /** A request by hand. */
  request(
    tenantId: string,
    serverId: string,
    request: { method: McpInspectorMethod; params?: { [name: string]: JsonValue } },
    options: { user?: string },
    signal: AbortSignal,
  ): Promise<McpResult<McpExchange>>;
  /** The last messages, oldest first. */
  messages(tenantId: string, serverId: string): McpMessage[];

  /**
   * Begins OAuth (discovery, registration unless there is a client id, PKCE): where the person is to be sent.
   * `state` comes back with the callback; binding it to the person is the caller's.
   */
  beginAuthorization(
    tenantId: string,
    serverId: string,
    request: { redirectUrl: string; state: string },
  ): Promise<McpResult<{ url: string }>>;
  /** With all parameters of the callback. Connects when it is done. */
  finishAuthorization(
    tenantId: string,
    serverId: string,
    callback: { redirectUrl: string; params: URLSearchParams },
  ): Promise<McpResult<void>>;
}
