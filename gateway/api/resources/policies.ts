import { z } from 'zod';
import { versionedRoutes } from './versioned.ts';

/** Where a check looks: what a run is given, what it answers, and what goes to a tool and comes back. */
export const guardedPlaces = ['input', 'output', 'toolArguments', 'toolResult'] as const;

const places = z.array(z.enum(guardedPlaces)).min(1).max(guardedPlaces.length);

export const guardrailCheck = z.discriminatedUnion('check', [
  /** Keys, tokens and passwords. */
  z.object({ check: z.literal('secrets'), places, action: z.enum(['block', 'mask']).default('block') }),
  z.object({
    check: z.literal('length'),
    places,
    maxCharacters: z.number().int().min(1).max(10_000_000),
    action: z.literal('block').default('block'),
  }),
]);
export type GuardrailCheck = z.infer<typeof guardrailCheck>;

/** Rules that runs keep to; agents name theirs. */
export const policyContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('guardrail'),
    description: z.string().max(1000).default(''),
    checks: z.array(guardrailCheck).min(1).max(32),
  }),
]);
export type PolicyContent = z.infer<typeof policyContent>;

export const policyRoutes = versionedRoutes('policies', policyContent);
export type Policy = z.infer<typeof policyRoutes.get.response>;
