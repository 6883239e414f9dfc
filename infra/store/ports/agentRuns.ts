import type { Page, PageRequest } from './page.ts';

/** One run of an agent outside a process. */
export interface AgentRunRecord {
  id: string;
  tenantId: string;
  agentId: string;
  agentName: string;
  agentVersion: number;
  model: string;
  prompt: string;
  /** `null` when it failed. */
  answer: string | null;
  error: { code: string; message: string } | null;
  usage: { inputTokens: number; outputTokens: number; cost: number };
  actor: { kind: string; id: string; name: string };
  /** epoch ms. */
  startedAt: number;
  /** ms. */
  duration: number;
}

export interface AgentRunStore {
  append(run: AgentRunRecord): Promise<void>;
  /** Newest first. */
  list(tenantId: string, page: PageRequest): Promise<Page<AgentRunRecord>>;
}
