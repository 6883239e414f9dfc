import { z } from 'zod';
import { maxPromptCharacters } from './agents.ts';
import { versionedRoutes } from './versioned.ts';

/** Text that agents' prompts, and other prompts, include by `{{> name}}`. */
export const promptContent = z.object({
  description: z.string().max(1000).default('').describe('What the prompt is for.'),
  text: z
    .string()
    .min(1)
    .max(maxPromptCharacters)
    .describe('What agents include by {{> name}}. {{name}} takes a variable.'),
});
export type PromptContent = z.infer<typeof promptContent>;

export const promptRoutes = versionedRoutes('prompts', promptContent);
export type Prompt = z.infer<typeof promptRoutes.get.response>;
