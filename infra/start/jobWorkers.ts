import {
  AGENT_JOB_TYPE,
  AGENTIC_JOB_TYPES,
  type AgenticWorkerDependencies,
  type AgentWorkerDependencies,
  createAgentHandler,
  createAgenticHandler,
  createToolHandler,
  TOOL_JOB_TYPE,
} from '@baton/engine/agents';
import type { EngineClient } from '@baton/engine/client';
import {
  type ConnectorWorld,
  connectors,
  createConnectorHandler,
  errorExpressions,
} from '@baton/engine/connectors';
import { type EndedElements, startWorker, type WorkerWorld } from '@baton/engine/worker';

const NAME = 'baton';

/** ms a job is ours beyond the last time we said so: after a crash others take it then. */
const TIMEOUT = 90_000;

const MAX_ACTIVE_JOBS = 32;

/** Starts the workers for agents and tools of one tenant, whom no other keeps waiting. Returns what stops them. */
export function startJobWorkers(
  engine: EngineClient,
  tenantId: string,
  dependencies: AgentWorkerDependencies & AgenticWorkerDependencies & { connectors: ConnectorWorld },
  world: WorkerWorld,
  ended: EndedElements,
): (grace: number) => Promise<void> {
  const shared = {
    name: NAME,
    tenantIds: [tenantId],
    maxActiveJobs: MAX_ACTIVE_JOBS,
    timeout: TIMEOUT,
    renews: true,
    ended,
  };
  const agentic = {
    ...shared,
    interceptors: [errorExpressions(dependencies.connectors)],
    handler: createAgenticHandler(dependencies),
  };
  const workers = [
    startWorker(
      engine,
      { ...shared, type: AGENT_JOB_TYPE, handler: createAgentHandler(dependencies) },
      world,
    ),
    startWorker(engine, { ...shared, type: TOOL_JOB_TYPE, handler: createToolHandler(dependencies) }, world),
    ...AGENTIC_JOB_TYPES.map((type) => startWorker(engine, { ...agentic, type }, world)),
    ...Object.entries(connectors).map(([type, connector]) => {
      const handler = createConnectorHandler(connector, dependencies.connectors);
      return startWorker(engine, { ...shared, type, handler }, world);
    }),
  ];
  return async (grace) => {
    await Promise.all(workers.map((worker) => worker.close(grace)));
  };
}
