import { z } from 'zod';
import { id } from '../common.ts';
import { route } from '../route.ts';
import { contentProblem, versionedRoutes } from './versioned.ts';

/** JSON Schema 2020-12; that it is one is checked when it is saved or published. */
const schema = z.record(z.string(), z.unknown());

/** A typed contract between a process and an agent: JSON Schema 2020-12 of what goes in and what must come back. */
export const taskContent = z.object({
  description: z.string().max(1000).default(''),
  requestSchema: schema.default({ type: 'object' }),
  responseSchema: schema,
});
export type TaskContent = z.infer<typeof taskContent>;

const rows = versionedRoutes('tasks', taskContent);

export const taskRoutes = {
  ...rows,
  validate: route({
    method: 'POST',
    path: '/tasks/validation',
    summary: 'What saving a task would refuse, and what of its schemas looks like a mistake; saves nothing',
    permission: 'tasks:read',
    body: z.object({
      /** Of the task that is edited, whose own name is not taken. */
      id: id.optional(),
      name: z.string().max(1000).optional(),
      content: z.unknown(),
    }),
    response: z.object({ problems: z.array(contentProblem) }),
    status: 200,
    errors: [],
    question: true,
  }),
};
export type Task = z.infer<typeof rows.get.response>;
