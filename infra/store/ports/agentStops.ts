/** An agent that somebody stopped: nothing of it runs until somebody starts it. */
export interface AgentStop {
  tenantId: string;
  agentId: string;
  at: Date;
  /** Name of who did it. */
  by: string;
}

export interface AgentStopStore {
  /** False when it is stopped already: whoever came first stays named. */
  stop(stop: AgentStop): Promise<boolean>;
  get(tenantId: string, agentId: string): Promise<AgentStop | undefined>;
  /** False when it was not stopped. */
  start(tenantId: string, agentId: string): Promise<boolean>;
}
