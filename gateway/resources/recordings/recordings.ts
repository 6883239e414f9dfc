import type {
  AgentRecording,
  CallRecord,
  ForkChange,
  ForkReport,
  JsonValue,
  ReplayReport,
  Result,
} from '@baton/engine/protocol';

/** How a run ended, as it is known here; without a result, it is what the last answer says. */
export interface KnownEnd {
  status: AgentRecording['run']['status'];
  result?: JsonValue;
  error: AgentRecording['run']['error'];
}

/** Recorded runs of agents: each is made of its calls and of the definitions it used. */
export interface Recordings {
  /** @param calls all of one element instance; the failure is a sentence */
  of(tenantId: string, calls: readonly CallRecord[], end: KnownEnd): Promise<Result<AgentRecording, string>>;
  /** @param against the definitions that were recorded, or those there are now */
  replay(tenantId: string, recording: AgentRecording, against: 'recorded' | 'latest'): Promise<ReplayReport>;
  /** Why it cannot be forked so, in a sentence. */
  forkProblem(recording: AgentRecording, change: ForkChange): string | undefined;
  /** Without keys, secrets and addresses of people. */
  cassette(tenantId: string, recording: AgentRecording): Promise<AgentRecording>;
  compared(recorded: AgentRecording, fork: AgentRecording): ForkReport;
}
