import { z } from 'zod';
import { id, idParams, instant, listOf, page, resourceName } from '../common.ts';
import { route } from '../route.ts';

const version = z.number().int().min(1);

/** The agent instance of an assignment, as the process that answers has it. */
export const agentInstance = z.object({
  id,
  /** `collected`: not in memory, because nothing used it lately; the next job makes it again. */
  state: z.enum(['idle', 'running', 'collected']),
  /** Jobs it is at. */
  running: z.number().int(),
  /** When it was made; `null` if it was not since this process started. */
  startedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});
export type AgentInstance = z.infer<typeof agentInstance>;

const made = { assignedAt: instant, assignedBy: z.string() };

/** A task an agent has. */
export const assignedTask = z.object({
  /** `version` is what its jobs are checked by, until somebody moves it; `latestVersion` is `null` when the task is gone. */
  task: z.object({
    id,
    name: resourceName,
    version,
    latestVersion: version.nullable(),
  }),
  instance: agentInstance,
  ...made,
});
export type AssignedTask = z.infer<typeof assignedTask>;

/** An agent that has a task. */
export const assignedAgent = z.object({
  agent: z.object({ id, name: resourceName }),
  task: z.object({ version }),
  instance: agentInstance,
  ...made,
});
export type AssignedAgent = z.infer<typeof assignedAgent>;

const params = idParams.extend({ taskId: id });

/** An agent's tasks: each a contract at one version, and an agent instance of its own. */
export const assignmentRoutes = {
  list: route({
    method: 'GET',
    path: '/agents/:id/tasks',
    summary: 'Tasks of an agent, in the order they were assigned, with their instances',
    permission: 'agents:read',
    params: idParams,
    query: page,
    response: listOf(assignedTask),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  assign: route({
    method: 'POST',
    path: '/agents/:id/tasks',
    summary: 'Give an agent a task, at its latest version or a given one',
    permission: 'agents:write',
    params: idParams,
    body: z.object({ task: id, version: version.optional() }),
    response: assignedTask,
    status: 201,
    errors: ['NOT_FOUND', 'ALREADY_EXISTS', 'REFERENCE_MISSING'],
  }),
  move: route({
    method: 'PUT',
    path: '/agents/:id/tasks/:taskId',
    summary:
      'Move an assignment to another version of its task; what runs goes on with the one it began with',
    permission: 'agents:write',
    params,
    body: z.object({ version }),
    response: assignedTask,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  unassign: route({
    method: 'DELETE',
    path: '/agents/:id/tasks/:taskId',
    summary: 'Take a task from an agent; what runs ends as it began',
    permission: 'agents:write',
    params,
    status: 204,
    errors: ['NOT_FOUND'],
  }),
  agents: route({
    method: 'GET',
    path: '/tasks/:id/agents',
    summary: 'Agents that have a task, in the order they got it',
    permission: 'tasks:read',
    params: idParams,
    query: page,
    response: listOf(assignedAgent),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
};
