import type { McpServer, McpToolContract } from '../../contract/index.ts';

/** The tenants' servers, as admins saved them. */
export interface McpServerStore {
  list(tenantId: string): Promise<McpServer[]>;
  get(tenantId: string, serverId: string): Promise<McpServer | undefined>;
  getByName(tenantId: string, name: string): Promise<McpServer | undefined>;
}

/** What is known of the tools of one server: what was accepted, and what the server says that differs. */
export interface McpLock {
  /** 0 = never stored. */
  revision: number;
  tools: McpLockedTool[];
}

export interface McpLockedTool {
  /** Its name at the server. */
  tool: string;
  /** None: new. */
  accepted?: McpAcceptedContract;
  /** What the server says now, where that is not what was accepted. */
  seen?: { contract: McpToolContract; hash: string; at: number };
  /** Not listed any more since (epoch ms). */
  gone?: number;
}

export interface McpAcceptedContract {
  contract: McpToolContract;
  hash: string;
  /** Counts acceptances: the version of the tool. */
  version: number;
  by: string;
  /** epoch ms */
  at: number;
  /** What the server called its own version then. */
  serverVersion?: string;
}

export interface McpLockStore {
  get(tenantId: string, serverId: string): Promise<McpLock | undefined>;
  /** False when the stored revision is not `lock.revision` any more; stored, it is one higher. */
  put(tenantId: string, serverId: string, lock: McpLock): Promise<boolean>;
  delete(tenantId: string, serverId: string): Promise<void>;
}

/** What a server is shown of us; sealed where it is stored. */
export interface McpCredentials {
  /** The header's value. */
  value?: string;
  /** Of the client that an admin registered by hand. */
  clientSecret?: string;
  /** What the OAuth client keeps, as JSON: registration, tokens, discovery, the verifier of a flow under way. */
  oauth?: string;
}

export interface McpCredentialStore {
  /** `user` undefined: of the server itself. */
  get(tenantId: string, serverId: string, user: string | undefined): Promise<McpCredentials | undefined>;
  /** Only the named fields are changed; `null` removes one. */
  change(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    fields: { [F in keyof McpCredentials]?: string | null },
  ): Promise<void>;
}

/** A process of our own machine that speaks MCP over its standard streams. */
export interface McpProcess {
  /** Resolves when it takes more. */
  write(text: string): Promise<void>;
  /** Ends it with everything it started. */
  kill(): void;
}

export interface McpProcessEvents {
  output(chunk: Buffer): void;
  errors(chunk: Buffer): void;
  /** Once, also when it could not be started. */
  ended(why: string): void;
}

export type StartMcpProcess = (
  command: { command: string; args: readonly string[]; env: Readonly<Record<string, string>> },
  events: McpProcessEvents,
) => McpProcess;

/** What happened to a server that others may want to know of. */
export type McpNews =
  | { kind: 'status' }
  /** What was seen or accepted of its tools is stored anew. */
  | { kind: 'locks' };

export interface McpWorld {
  servers: McpServerStore;
  locks: McpLockStore;
  credentials: McpCredentialStore;
  /** A secret of the tenant, for the environment of a command. */
  secret(tenantId: string, name: string): Promise<string | undefined>;
  /** Refuses addresses inside our networks, follows no redirect. Answers stay open: only their messages are bounded, here. */
  fetch: typeof fetch;
  /** `undefined`: this installation starts no commands. */
  startProcess: StartMcpProcess | undefined;
  /** epoch ms */
  now(): number;
  /** Answers how to cancel. */
  schedule(ms: number, callback: () => void): () => void;
  /** How we introduce ourselves to servers and their authorization servers. */
  product: { name: string; version: string; url?: string };
  changed(tenantId: string, serverId: string, news: McpNews): void;
  /** A fault of our own: a store that cannot be read. */
  report?(error: unknown): void;
}
