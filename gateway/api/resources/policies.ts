import { z } from 'zod';
import { versionedRoutes } from './versioned.ts';

/** Where a check looks: what a run is given, what it answers, and what goes to a tool and comes back. */
export const guardedPlaces = ['input', 'output', 'toolArguments', 'toolResult'] as const;

const places = z
  .array(z.enum(guardedPlaces))
  .min(1)
  .max(guardedPlaces.length)
  .describe('Where the check looks.');

export const guardrailCheck = z.discriminatedUnion('check', [
  /** Keys, tokens and passwords. */
  z.object({
    check: z.literal('secrets').describe('Keys, tokens and passwords.'),
    places,
    action: z
      .enum(['block', 'mask'])
      .default('block')
      .describe('block ends the run, mask puts *** in the place of what is found.'),
  }),
  z.object({
    check: z.literal('length').describe('Texts that are too long.'),
    places,
    maxCharacters: z.number().int().min(1).max(10_000_000).describe('Characters a text may have.'),
    action: z.literal('block').default('block').describe('The run ends.'),
  }),
]);
export type GuardrailCheck = z.infer<typeof guardrailCheck>;

/** Rules that runs keep to; agents name theirs. */
export const policyContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('guardrail').describe('Checks of what goes in and out of a run.'),
    description: z.string().max(1000).default('').describe('What the policy is for.'),
    checks: z.array(guardrailCheck).min(1).max(32).describe('Looked at in this order.'),
  }),
]);
export type PolicyContent = z.infer<typeof policyContent>;

export const policyRoutes = versionedRoutes('policies', policyContent);
export type Policy = z.infer<typeof policyRoutes.get.response>;
