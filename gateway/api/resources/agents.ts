import { z } from 'zod';
import { resourceName } from '../common.ts';
import { providerName } from './providers.ts';
import { versionedRoutes } from './versioned.ts';

export const agentContent = z.object({
  description: z.string().max(1000).default(''),
  /** Name of one of the tenant's providers; every tenant begins with `mock`, which answers deterministically. */
  provider: providerName,
  model: z.string().min(1).max(200),
  systemPrompt: z.string().min(1).max(50_000),
  /** `{{name}}` takes a job variable; empty = the job's variables as JSON. */
  userPrompt: z.string().max(50_000).default(''),
  temperature: z.number().min(0).max(2).default(0),
  /** Names of tools the model may call. */
  tools: z.array(resourceName).max(64).default([]),
  limits: z
    .object({
      maxModelCalls: z.number().int().min(1).max(100).default(10),
      maxTokens: z.number().int().min(1).max(1_000_000).default(50_000),
      /** ms for one model call. */
      timeout: z.number().int().min(100).max(600_000).default(60_000),
    })
    .prefault({}),
});
export type AgentContent = z.infer<typeof agentContent>;
const rows = versionedRoutes('agents', agentContent);
export const agentRoutes = {
  ...rows,
  create: { ...rows.create, errors: [...rows.create.errors, 'NOT_FOUND', 'INVALID_STATE'] as const },
  update: { ...rows.update, errors: [...rows.update.errors, 'INVALID_STATE'] as const },
};
export type Agent = z.infer<typeof agentRoutes.get.response>;
