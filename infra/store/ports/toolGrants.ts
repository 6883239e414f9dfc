/** What an admin lets a tool do, whatever its versions declare. */
export interface ToolGrant {
  network: string[];
  secrets: string[];
  connections: string[];
  models: string[];
  files: boolean;
  memory: boolean;
  questions: boolean;
  grantedBy: string;
  grantedAt: Date;
}

export interface ToolGrantStore {
  get(tenantId: string, toolId: string): Promise<ToolGrant | undefined>;
  set(tenantId: string, toolId: string, grant: ToolGrant): Promise<void>;
  delete(tenantId: string, toolId: string): Promise<void>;
}
