import { ok, type Result } from '@baton/engine/protocol';
import type { Notice, Notices } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import type { AgentRuntime, ResourceChange } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { AgentRuntimes } from './agentRuntimes.ts';

export interface AgentRuntimeServiceOptions {
  agents: Pick<DocumentStore['resources'], 'get'>;
  stops: DocumentStore['agentStops'];
  runtimes: AgentRuntimes;
  notices: Pick<Notices, 'publish'>;
  now(): number;
  changed(tenantId: string, change: ResourceChange): void;
}

type Change = (tenantId: string, agentId: string, by: string) => Promise<Result<AgentRuntime, Refusal>>;

/** Whether agents run, and where. */
export interface AgentRuntimeService {
  get(tenantId: string, agentId: string): Promise<Result<AgentRuntime, Refusal>>;
  stop: Change;
  start: Change;
  restart: Change;
  /** Nothing is left of an agent that is deleted. */
  agentDeleted(tenantId: string, agentId: string): Promise<void>;
}

export function createAgentRuntimeService(options: AgentRuntimeServiceOptions): AgentRuntimeService {
  const { agents, stops, runtimes, notices, now } = options;

  async function found(tenantId: string, id: string): Promise<Result<string, Refusal>> {
    const agent = await agents.get(tenantId, 'agent', id);
    return agent ? ok(agent.name) : refuse('NOT_FOUND', `Expected an agent '${id}', but there is none`);
  }

  async function viewed(tenantId: string, agentId: string): Promise<AgentRuntime> {
    const stop = await stops.get(tenantId, agentId);
    const { runs, thread, restarts, lastCrash } = runtimes.view(tenantId, agentId);
    return {
      state: stop ? 'stopped' : runs.length > 0 ? 'running' : 'idle',
      stopped: stop ? { at: stop.at.toISOString(), by: stop.by } : null,
      runs: runs.map(({ id, kind, instanceKey = null, startedAt }) => ({
        id,
        kind,
        instanceKey,
        startedAt: instant(startedAt),
      })),
      thread: thread ? { ...thread, startedAt: instant(thread.startedAt) } : null,
      restarts,
      lastCrash: lastCrash ? { ...lastCrash, at: instant(lastCrash.at), runs: [...lastCrash.runs] } : null,
    };
  }

  /** Told to every process, this one first; then to who looks on. */
  async function tell(kind: Notice['kind'], tenantId: string, id: string, name: string): Promise<void> {
    await notices.publish({ kind, tenantId, id });
    options.changed(tenantId, { change: 'updated', id, name });
  }

  return {
    async get(tenantId, agentId) {
      const agent = await found(tenantId, agentId);
      return agent.ok ? ok(await viewed(tenantId, agentId)) : agent;
    },
    async stop(tenantId, agentId, by) {
      const agent = await found(tenantId, agentId);
      if (!agent.ok) return agent;
      if (await stops.stop({ tenantId, agentId, at: new Date(now()), by }))
        await tell('agentStop', tenantId, agentId, agent.value);
      return ok(await viewed(tenantId, agentId));
    },
    async start(tenantId, agentId) {
      const agent = await found(tenantId, agentId);
      if (!agent.ok) return agent;
      if (await stops.start(tenantId, agentId)) await tell('agentStop', tenantId, agentId, agent.value);
      return ok(await viewed(tenantId, agentId));
    },
    async restart(tenantId, agentId) {
      const agent = await found(tenantId, agentId);
      if (!agent.ok) return agent;
      if (await stops.get(tenantId, agentId))
        return refuse(
          'INVALID_STATE',
          `Expected an agent that is not stopped, but '${agent.value}' is; start it`,
          { state: 'stopped' },
        );
      await tell('agentRestart', tenantId, agentId, agent.value);
      return ok(await viewed(tenantId, agentId));
    },
    async agentDeleted(tenantId, agentId) {
      await stops.start(tenantId, agentId);
    },
  };
}

const instant = (ms: number) => new Date(ms).toISOString();
