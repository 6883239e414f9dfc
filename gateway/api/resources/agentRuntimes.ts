import { z } from 'zod';
import { idParams, instant } from '../common.ts';
import { route } from '../route.ts';

/** How an agent's runs go on in the process that answers. */
export const agentRuntime = z.object({
  /** `stopped`: its jobs wait and its runs are refused, in every process, until somebody starts it. */
  state: z.enum(['running', 'idle', 'stopped']),
  /** Who stopped it; `null` while it is not. */
  stopped: z.object({ at: instant, by: z.string() }).nullable(),
  runs: z.array(
    z.object({
      /** Of a run on request, or key of the element instance whose job it is. */
      id: z.string(),
      kind: z.enum(['request', 'job']),
      /** Of the process that the job is of. */
      instanceKey: z.string().nullable(),
      startedAt: instant,
    }),
  ),
  /** Where its runs go on; `null` while there is nothing to do. */
  thread: z
    .object({
      startedAt: instant,
      /** Bytes its heap takes, as it last said; `limit` is where it is ended. */
      memory: z.number().int(),
      limit: z.number().int(),
      /** Whether other agents of the tenant have the same thread, because there are too many for one each. */
      shared: z.boolean(),
    })
    .nullable(),
  /** Threads begun in place of one that ended with runs in it, or that somebody ended. */
  restarts: z.number().int(),
  lastCrash: z
    .object({
      code: z.enum(['AGENT_CRASHED', 'AGENT_UNRESPONSIVE', 'AGENT_MEMORY']),
      message: z.string(),
      at: instant,
      /** Runs that were at work in it and failed. */
      runs: z.array(z.string()),
    })
    .nullable(),
});
export type AgentRuntime = z.infer<typeof agentRuntime>;

const change = { permission: 'agents:write', params: idParams, response: agentRuntime, status: 200 } as const;

/** Where and how an agent runs. */
export const agentRuntimeRoutes = {
  runtime: route({
    method: 'GET',
    path: '/agents/:id/runtime',
    summary:
      'Whether an agent runs, idles or is stopped, with its runs and its thread in the process that answers',
    permission: 'agents:read',
    params: idParams,
    response: agentRuntime,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  stop: route({
    method: 'POST',
    path: '/agents/:id/stop',
    summary:
      'Stop an agent: what it is at is cancelled, its jobs wait, its runs are refused; once more changes nothing',
    ...change,
    errors: ['NOT_FOUND'],
  }),
  start: route({
    method: 'POST',
    path: '/agents/:id/start',
    summary: 'Let a stopped agent run again: the jobs that waited go on; once more changes nothing',
    ...change,
    errors: ['NOT_FOUND'],
  }),
  restart: route({
    method: 'POST',
    path: '/agents/:id/restart',
    summary:
      'End the thread of an agent and go on in another: its runs go on from their records and repeat no call',
    ...change,
    errors: ['NOT_FOUND', 'INVALID_STATE'],
  }),
};
