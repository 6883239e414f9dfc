import { z } from 'zod';
import { jsonObject } from './common.ts';

/** What a call asks a person. */
export const question = z.object({
  id: z.string(),
  kind: z.enum(['input', 'approval']),
  tool: z.string(),
  message: z.string(),
  schema: jsonObject,
  proposed: jsonObject.optional(),
});

export const answered = z.object({
  question,
  answer: z.object({ action: z.enum(['accept', 'decline', 'cancel']), content: jsonObject.optional() }),
});
