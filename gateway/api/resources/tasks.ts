import { z } from 'zod';
import { versionedRoutes } from './versioned.ts';

const schema = z.record(z.string(), z.unknown());

/** A typed contract between a process and an agent: JSON Schema 2020-12 of what goes in and what must come back. */
export const taskContent = z.object({
  description: z.string().max(1000).default(''),
  requestSchema: schema.default({ type: 'object' }),
  responseSchema: schema,
});
export type TaskContent = z.infer<typeof taskContent>;
export const taskRoutes = versionedRoutes('tasks', taskContent);
export type Task = z.infer<typeof taskRoutes.get.response>;
