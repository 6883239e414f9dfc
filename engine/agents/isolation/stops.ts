import { failed } from '@baton/engine/protocol';
import type { RunAgent } from '../runner.ts';

export interface AgentStopsOptions {
  isStopped(tenantId: string, agentId: string): Promise<boolean>;
  /** A job that was kept is there for its worker at once. */
  wake(jobKey: string): Promise<unknown>;
  /** Nothing of a stopped agent runs here any more. */
  quiet(tenantId: string, agentId: string): void;
}

/** Agents that somebody stopped: what they are at is cancelled here, their jobs wait, their runs are refused. */
export interface AgentStops {
  /** The same, but of agents only that are not stopped. */
  stoppable(run: RunAgent): RunAgent;
  /** An agent was stopped or started, here or by another process. */
  changed(tenantId: string, agentId: string): Promise<void>;
  /** Something may have been missed. */
  missed(): Promise<void>;
  /** @returns whether the agent runs again, and the job is to go on here */
  keep(job: { tenantId: string; agentId: string; jobKey: string }): Promise<boolean>;
}

interface Known {
  tenantId: string;
  agentId: string;
  runs: Set<AbortController>;
  jobs: Set<string>;
}

/** Jobs of one agent that are woken; those beyond come when their time is over. */
const MOST_JOBS = 10_000;

export function createAgentStops({ isStopped, wake, quiet }: AgentStopsOptions): AgentStops {
  const known = new Map<string, Known>();
  const keyOf = (tenantId: string, agentId: string) => JSON.stringify([tenantId, agentId]);

  function take(tenantId: string, agentId: string): Known {
    const key = keyOf(tenantId, agentId);
    const one = known.get(key) ?? { tenantId, agentId, runs: new Set(), jobs: new Set() };
    known.set(key, one);
    return one;
  }

  function drop(one: Known): void {
    const key = keyOf(one.tenantId, one.agentId);
    if (one.runs.size + one.jobs.size === 0 && known.get(key) === one) known.delete(key);
  }

  async function heed(one: Known): Promise<void> {
    if (await isStopped(one.tenantId, one.agentId)) {
      for (const run of one.runs) run.abort();
      if (one.runs.size === 0) quiet(one.tenantId, one.agentId);
      return;
    }
    const jobs = [...one.jobs];
    one.jobs.clear();
    drop(one);
    await Promise.all(jobs.map((job) => wake(job)));
  }

  const stopped = (name: string) =>
    failed({
      code: 'AGENT_STOPPED' as const,
      message: `Expected the agent '${name}' to run, but somebody stopped it; start it again and it goes on`,
    });

  return {
    stoppable: (run) => async (what, signal, heard) => {
      const { tenantId } = what.owner;
      const { id: agentId } = what.agent;
      const { name } = what.agent.definition;
      const one = take(tenantId, agentId);
      const stopping = new AbortController();
      const outer = () => stopping.abort();
      // Known before it is asked for: whoever stops the agent from now on finds the run.
      one.runs.add(stopping);
      try {
        if (await isStopped(tenantId, agentId))
          return {
            result: stopped(name),
            text: '',
            usage: { inputTokens: 0, outputTokens: 0, cost: 0 },
          };
        if (signal.aborted) outer();
        signal.addEventListener('abort', outer, { once: true });
        const ended = await run(what, stopping.signal, heard);
        const cut = !ended.result.ok && ended.result.failure.code === 'RUN_CANCELLED' && !signal.aborted;
        return cut && stopping.signal.aborted ? { ...ended, result: stopped(name) } : ended;
      } finally {
        signal.removeEventListener('abort', outer);
        one.runs.delete(stopping);
        if (stopping.signal.aborted && one.runs.size === 0) quiet(tenantId, agentId);
        drop(one);
      }
    },

    async changed(tenantId, agentId) {
      await heed(take(tenantId, agentId));
      const one = known.get(keyOf(tenantId, agentId));
      if (one) drop(one);
    },

    async missed() {
      await Promise.all([...known.values()].map(heed));
    },

    async keep({ tenantId, agentId, jobKey }) {
      const one = take(tenantId, agentId);
      if (one.jobs.size < MOST_JOBS) one.jobs.add(jobKey);
      if (await isStopped(tenantId, agentId)) return false;
      const mine = one.jobs.delete(jobKey);
      drop(one);
      return mine;
    },
  };
}
