/** How one agent's runs go on in this process. Times are epoch ms, memory bytes. */
export interface AgentRuntimeView {
  runs: readonly {
    /** Of a run on request, or key of the element instance whose job it is. */
    id: string;
    kind: 'request' | 'job';
    instanceKey: string | undefined;
    startedAt: number;
  }[];
  thread: { startedAt: number; memory: number; limit: number; shared: boolean } | undefined;
  restarts: number;
  lastCrash:
    | {
        code: 'AGENT_CRASHED' | 'AGENT_UNRESPONSIVE' | 'AGENT_MEMORY';
        message: string;
        at: number;
        runs: readonly string[];
      }
    | undefined;
}

/** The agents' runs of this process; what is to change is told to every process by notices `agentStop` and `agentRestart`. */
export interface AgentRuntimes {
  view(tenantId: string, agentId: string): AgentRuntimeView;
}

export const nothingRuns: AgentRuntimeView = {
  runs: [],
  thread: undefined,
  restarts: 0,
  lastCrash: undefined,
};
