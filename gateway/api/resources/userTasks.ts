import { z } from 'zod';
import { instant, jsonObject, key, keyParams, listOf, page } from '../common.ts';
import { route } from '../route.ts';

export const userTask = z.object({
  key,
  name: z.string(),
  elementId: z.string(),
  elementInstanceKey: key,
  instanceKey: key,
  processDefinitionKey: key,
  bpmnProcessId: z.string(),
  processName: z.string(),
  state: z.enum(['CREATED', 'COMPLETED', 'CANCELED']),
  assignee: z.string(),
  candidateGroups: z.array(z.string()),
  priority: z.number().int(),
  dueDate: z.string(),
  createdAt: instant,
  endedAt: instant.optional(),
});
export type UserTask = z.infer<typeof userTask>;

/** The form it was given when it came up; the process may have a newer one by now. */
export const userTaskForm = z.object({
  key,
  /** The id the form gives itself. */
  formId: z.string(),
  /** As the engine counts. */
  version: z.number().int(),
  schema: jsonObject,
});
export type UserTaskForm = z.infer<typeof userTaskForm>;

export const userTaskRoutes = {
  listUserTasks: route({
    method: 'GET',
    path: '/user-tasks',
    summary: 'User tasks of the tenant, newest first',
    permission: 'userTasks:read',
    query: page.extend({
      state: z.enum(['CREATED', 'COMPLETED', 'CANCELED']).optional(),
      instanceKey: key.optional(),
      assignee: z.string().optional(),
    }),
    response: listOf(userTask),
    status: 200,
    errors: ['ENGINE_UNAVAILABLE'],
  }),
  getUserTask: route({
    method: 'GET',
    path: '/user-tasks/:key',
    summary: 'A user task with the variables it sees and its form',
    permission: 'userTasks:read',
    params: keyParams,
    response: userTask.extend({ variables: jsonObject, form: userTaskForm.optional() }),
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  assignUserTask: route({
    method: 'POST',
    path: '/user-tasks/:key/assignment',
    summary: 'Assign to a user; an empty name gives the task back',
    permission: 'userTasks:complete',
    params: keyParams,
    body: z.object({ assignee: z.string().max(200) }),
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
  completeUserTask: route({
    method: 'POST',
    path: '/user-tasks/:key/completion',
    summary: 'Complete with variables',
    permission: 'userTasks:complete',
    params: keyParams,
    body: z.object({ variables: jsonObject.default({}) }),
    status: 204,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE', 'ENGINE_BUSY'],
  }),
};
