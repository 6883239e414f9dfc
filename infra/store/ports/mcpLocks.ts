/** What is known of the tools of one server, as the connections write it: compare-and-set by its revision. */
export interface McpLock {
  /** 0 = never stored. */
  revision: number;
  tools: unknown[];
}

export interface McpLockStore {
  get(tenantId: string, serverId: string): Promise<McpLock | undefined>;
  /** False when the stored revision is not `lock.revision` any more; stored, it is one higher. */
  put(tenantId: string, serverId: string, lock: McpLock): Promise<boolean>;
  delete(tenantId: string, serverId: string): Promise<void>;
}
