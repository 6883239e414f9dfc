import {
  type AgentStops,
  createAgentStops,
  createRunPool,
  type RunAgent,
  type RunDependencies,
  startOwnThread,
} from '@baton/engine/agents';
import type { EngineClient, Schedule } from '@baton/engine/client';
import type { AgentRuntimes } from '@baton/gateway';
import type { Notices } from '@baton/infra/coordination';
import type { DocumentStore } from '@baton/infra/store';
import type { Logger } from 'pino';

export interface AgentRuntimesOptions {
  /** Compiled `engine/agents/isolation/main.js`. */
  script: URL;
  stops: DocumentStore['agentStops'];
  notices: Notices;
  engine: { jobs: Pick<EngineClient['jobs'], 'updateTimeout'> };
  now(): number;
  schedule: Schedule;
  cores: number;
  log: Pick<Logger, 'error' | 'warn'>;
}

/** The agents' runs of this process: in threads, and of agents only that are not stopped. */
export interface OpenAgentRuntimes extends AgentRuntimes {
  running(dependencies: RunDependencies): RunAgent;
  readonly stops: AgentStops;
  close(): Promise<void>;
}

const MEBIBYTE = 1024 * 1024;
/** Bytes of heap that one agent's runs may take together. */
const MEMORY = 128 * MEBIBYTE;
/** Agents that run in a thread of their own at the same time, for each core and in all: a thread costs some 15 MB. */
const THREADS = { each: 4, most: 16 };
/** ms without a run after which a thread is collected. */
const IDLE = 60_000;
/** ms in which a thread answers, however busy its runs are. */
const PATIENCE = 10_000;

export function openAgentRuntimes(options: AgentRuntimesOptions): OpenAgentRuntimes {
  const { script, notices, engine, now, schedule, log } = options;
  const pool = createRunPool({
    start: startOwnThread({ script, memory: MEMORY }),
    memory: MEMORY,
    threads: Math.min(THREADS.most, THREADS.each * options.cores),
    idleAfter: IDLE,
    patience: PATIENCE,
    now,
    schedule,
    crashed: (crash) => log.warn({ ...crash }, 'the thread of an agent ended with a run at work'),
  });
  const stops = createAgentStops({
    isStopped: async (tenantId, agentId) => (await options.stops.get(tenantId, agentId)) !== undefined,
    wake: (jobKey) => engine.jobs.updateTimeout(jobKey, 1),
    quiet: pool.rest,
  });
  const failed = (err: unknown) => log.error({ err }, 'whether an agent is stopped could not be found out');
  const stopHearing = notices.subscribe(
    ({ kind, tenantId, id = '' }) => {
      if (kind === 'agentStop') stops.changed(tenantId, id).catch(failed);
      if (kind === 'agentRestart') pool.restart(tenantId, id);
    },
    () => void stops.missed().catch(failed),
  );
  return {
    running: (dependencies) => stops.stoppable(pool.running(dependencies)),
    stops,
    view: pool.state,
    async close() {
      stopHearing();
      await pool.close();
    },
  };
}
