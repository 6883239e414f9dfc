import type { Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

/** An admin's yes to the program of a server. */
export interface McpApproval {
  /** Of the command, its arguments and what its environment is made of. */
  hash: string;
  by: string;
  at: Date;
}

/** What people say of an MCP server; values of headers, client secrets and tokens are credentials. */
export interface McpServerSettings {
  /** Unique in the tenant; what its tools are called begins with it. */
  name: string;
  description: string;
  /** As the contract of the tools' registry has them. */
  transport: unknown;
  auth: unknown;
  /** ms a call may go without progress. */
  timeout: number;
  enabled: boolean;
  /** When its credentials were last given or taken away. */
  credentialsAt?: Date;
}

/** An MCP server of a tenant, as it was saved. */
export interface McpServer extends McpServerSettings {
  id: string;
  tenantId: string;
  /** Counts what a connection has to be made anew for: saves, approvals. */
  revision: number;
  approval?: McpApproval;
  /** sha-256 of the settings, hex. */
  hash: string;
  createdAt: Date;
  changedAt: Date;
  changedBy: string;
}

export interface McpServerSave extends McpServerSettings {
  by: string;
  at: Date;
}

export interface McpServerStore {
  /** By name; with a limit of 0 only how many there are. */
  list(tenantId: string, page: PageRequest): Promise<Page<McpServer>>;
  /** By name. */
  all(tenantId: string): Promise<McpServer[]>;
  get(tenantId: string, id: string): Promise<McpServer | undefined>;
  getByName(tenantId: string, name: string): Promise<McpServer | undefined>;
  create(
    tenantId: string,
    id: string,
    save: McpServerSave,
  ): Promise<Result<McpServer, { code: 'ALREADY_EXISTS' }>>;
  /** Compare-and-set; an approval stays, and is of what it names. */
  update(
    tenantId: string,
    id: string,
    expectedHash: string,
    save: McpServerSave,
  ): Promise<
    Result<
      McpServer,
      { code: 'NOT_FOUND' | 'ALREADY_EXISTS' } | { code: 'VERSION_CONFLICT'; latest: McpServer }
    >
  >;
  /** @param hash of the settings that are approved; `undefined` when they are others by now. */
  approve(tenantId: string, id: string, hash: string, approval: McpApproval): Promise<McpServer | undefined>;
  delete(tenantId: string, id: string): Promise<boolean>;
}
