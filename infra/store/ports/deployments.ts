import type { Page, PageRequest } from './page.ts';

export interface DeploymentRecord {
  key: string;
  tenantId: string;
  workflowId: string;
  workflowVersion: number;
  workflowHash: string;
  processes: { processDefinitionKey: string; bpmnProcessId: string; version: number; duplicate: boolean }[];
  /** Forms and decisions that went with it; unknown of deployments of before. */
  documents?: { kind: 'form' | 'decision'; id: string; name: string; version: number }[];
  deployedAt: Date;
  deployedBy: string;
}

export interface DeploymentStore {
  append(record: DeploymentRecord): Promise<void>;
  list(tenantId: string, filter: { workflowId?: string }, page: PageRequest): Promise<Page<DeploymentRecord>>;
  /** Latest deployment of each of the workflows. */
  latest(tenantId: string, workflowIds: readonly string[]): Promise<Map<string, DeploymentRecord>>;
}
