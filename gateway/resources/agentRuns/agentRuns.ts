import type {
  AgentRecording,
  CallRecord,
  CallUsage,
  ForkChange,
  JsonObject,
  JsonValue,
  Result,
  RunEvent,
} from '@baton/engine/protocol';
import type { AgentContent } from '../../api/index.ts';

export interface AgentRunRequest {
  tenantId: string;
  /** The calls of the run are recorded under this id. */
  runId: string;
  agent: { id: string; name: string; version: number; content: AgentContent };
  task: { name: string; version: number; requestSchema: JsonSchema; responseSchema: JsonSchema } | undefined;
  /** '' = the agent's own prompt and the input say it all. */
  prompt: string;
  input: JsonObject | undefined;
  conversation: string | undefined;
  /** Whoever asks: whose own access to MCP servers the run has. */
  user?: string;
  /** The first call of the same run from before it stopped: it goes on with what it began with. */
  begun?: CallRecord | undefined;
  /** A recorded run that goes another way: its own definition, variables and conversation are what counts. */
  fork?: { recording: AgentRecording; change: ForkChange } | undefined;
}

type JsonSchema = { [keyword: string]: unknown };

/** How a run ended, and what it used up either way. */
export interface AgentRunOutcome {
  result: Result<JsonValue, { code: string; message: string }>;
  /** What the agent last said; of a run that failed, what there is. */
  text: string;
  usage: CallUsage;
}

export interface OfferedModel {
  name: string;
  provider: AgentContent['provider'];
}

/** The one agent runtime, asked without a process around it. Every call of a run is recorded before its result is used. */
export interface AgentRuns {
  /** Models a caller may name, the usual one first. */
  models(tenantId: string): Promise<readonly OfferedModel[]>;
  /** What the run is asked, as it may be kept and shown: the agent's guardrails leave out what must not be. */
  kept(
    request: Pick<AgentRunRequest, 'tenantId' | 'agent' | 'prompt' | 'input'>,
  ): Promise<Pick<AgentRunRequest, 'prompt' | 'input'>>;
  run(
    request: AgentRunRequest,
    signal: AbortSignal,
    heard?: (event: RunEvent) => void,
  ): Promise<AgentRunOutcome>;
}
