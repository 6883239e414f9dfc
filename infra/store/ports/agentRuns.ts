import type { CallUsage, JsonObject, JsonValue, RunStatus } from '@baton/engine/protocol';
import type { Page, PageRequest } from './page.ts';

/** One run of an agent outside a process. Its steps are the recorded calls under its id. */
export interface AgentRunRecord {
  id: string;
  tenantId: string;
  agentId: string;
  agentName: string;
  /** 0 while a draft is tried. */
  agentVersion: number;
  /** By which it was asked for. */
  agentLabel: string | null;
  /** Of the version's content. */
  agentHash: string | null;
  task: { name: string; version: number } | null;
  provider: string;
  model: string;
  prompt: string;
  input: JsonObject | null;
  conversation: string | null;
  /** The recorded run it goes another way of. */
  forkOf: string | null;
  status: RunStatus;
  /** The answer, or what there was of it when the run failed. */
  output: JsonValue;
  error: { code: string; message: string } | null;
  usage: CallUsage;
  actor: { kind: string; id: string; name: string };
  /** epoch ms. */
  startedAt: number;
  /** ms. */
  duration: number;
}

export interface AgentRunEnd {
  status: Exclude<RunStatus, 'running'>;
  output: JsonValue;
  error: AgentRunRecord['error'];
  usage: AgentRunRecord['usage'];
  duration: number;
}

export interface AgentRunFilter extends PageRequest {
  agentId?: string | undefined;
  status?: RunStatus | undefined;
}

/** Times are epoch ms. */
export interface AgentRunStore {
  /** @param aliveUntil when the run counts as interrupted, unless it is kept alive. */
  begin(run: AgentRunRecord, aliveUntil: number): Promise<void>;
  /** Says that it goes on. `undefined` = it has ended. */
  keepAlive(tenantId: string, id: string, until: number): Promise<{ cancelAsked: boolean } | undefined>;
  /** Whoever runs it hears of it at the next `keepAlive`. `false` = it does not run. */
  askCancel(tenantId: string, id: string): Promise<boolean>;
  /** Only a run that goes on ends, and only once: `false` otherwise. */
  end(tenantId: string, id: string, end: AgentRunEnd): Promise<boolean>;
  /** Only a run that has failed goes on again, for one of all who ask: `false` otherwise. */
  resume(tenantId: string, id: string, aliveUntil: number): Promise<boolean>;
  get(tenantId: string, id: string): Promise<AgentRunRecord | undefined>;
  /** Newest first. */
  list(tenantId: string, filter: AgentRunFilter): Promise<Page<AgentRunRecord>>;
  /** Runs that nobody has kept alive. */
  abandoned(tenantId: string, now: number): Promise<AgentRunRecord[]>;
}
