import {
  AGENT_JOB_TYPE,
  type AgentWorkerDependencies,
  createAgentHandler,
  createToolHandler,
  TOOL_JOB_TYPE,
} from '@baton/engine/agents';
import type { EngineClient } from '@baton/engine/client';
import { startWorker, type WorkerWorld } from '@baton/engine/worker';

const NAME = 'baton';

/** ms a job is ours before others may take it; longer than a model may think, with its tools. */
const TIMEOUT = { agent: 300_000, tool: 90_000 };

const MAX_ACTIVE_JOBS = 32;

/** Starts the workers for agents and tools of one tenant, whom no other keeps waiting. Returns what stops them. */
export function startJobWorkers(
  engine: EngineClient,
  tenantId: string,
  dependencies: AgentWorkerDependencies,
  world: WorkerWorld,
): (grace: number) => Promise<void> {
  const shared = { name: NAME, tenantIds: [tenantId], maxActiveJobs: MAX_ACTIVE_JOBS };
  const workers = [
    startWorker(
      engine,
      { ...shared, type: AGENT_JOB_TYPE, timeout: TIMEOUT.agent, handler: createAgentHandler(dependencies) },
      world,
    ),
    startWorker(
      engine,
      { ...shared, type: TOOL_JOB_TYPE, timeout: TIMEOUT.tool, handler: createToolHandler(dependencies) },
      world,
    ),
  ];
  return async (grace) => {
    await Promise.all(workers.map((worker) => worker.close(grace)));
  };
}
