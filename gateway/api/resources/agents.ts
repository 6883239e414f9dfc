import { z } from 'zod';
import { resourceName } from '../common.ts';
import { versionedRoutes } from './versioned.ts';

export const agentContent = z.object({
  description: z.string().max(1000).default(''),
  /** `mock` answers deterministically; `openai-compatible` asks the server of LLM_BASE_URL. */
  provider: z.enum(['mock', 'openai-compatible']),
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
export const agentRoutes = versionedRoutes('agents', agentContent);
export type Agent = z.infer<typeof agentRoutes.get.response>;
