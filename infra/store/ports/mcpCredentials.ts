/** What a server is shown of us, encrypted; this store never sees it otherwise. */
export interface SealedMcpCredentials {
  value?: string;
  clientSecret?: string;
  oauth?: string;
}
export type McpCredentialField = keyof SealedMcpCredentials;

export interface StoredMcpCredentials {
  serverId: string;
  /** `undefined`: of the server itself. */
  user: string | undefined;
  sealed: SealedMcpCredentials;
}

export interface McpCredentialStore {
  get(
    tenantId: string,
    serverId: string,
    user: string | undefined,
  ): Promise<SealedMcpCredentials | undefined>;
  /** Everything there is of a tenant. */
  all(tenantId: string): Promise<StoredMcpCredentials[]>;
  /** Only the named fields are changed; `null` removes one. */
  change(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    fields: { [F in McpCredentialField]?: string | null },
  ): Promise<void>;
  /** Another encryption of the same; false when it has changed meanwhile. */
  reseal(
    tenantId: string,
    serverId: string,
    user: string | undefined,
    field: McpCredentialField,
    from: string,
    to: string,
  ): Promise<boolean>;
  /** Of the server itself and of everybody. */
  delete(tenantId: string, serverId: string): Promise<void>;
}
