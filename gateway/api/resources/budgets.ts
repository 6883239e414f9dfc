import { z } from 'zod';
import { id, idParams, instant, keyParams } from '../common.ts';
import { route } from '../route.ts';
import { agentRunEvents, agentRunWithSteps, runErrors } from './agentRuns.ts';

/** What a run may use beyond its agent's limits, from where it stopped. */
export const grantAmounts = z
  .object({
    modelCalls: z.number().int().min(0).max(1_000).default(0),
    toolCalls: z.number().int().min(0).max(10_000).default(0),
    tokens: z.number().int().min(0).max(10_000_000).default(0),
    /** US dollars. */
    cost: z.number().min(0).max(1_000_000).default(0),
    /** ms. */
    duration: z.number().int().min(0).max(86_400_000).default(0),
  })
  .refine((amounts) => Object.values(amounts).some((amount) => amount > 0), {
    message: 'Expected more than nothing of at least one amount',
  });
export type GrantAmounts = z.infer<typeof grantAmounts>;

export const budgetGrant = z.object({
  id: z.string(),
  /** Of the agent's element, or the id of a run on request. */
  elementInstanceKey: z.string(),
  modelCalls: z.number(),
  toolCalls: z.number(),
  tokens: z.number(),
  cost: z.number(),
  duration: z.number(),
  by: z.string(),
  at: instant,
});
export type BudgetGrantView = z.infer<typeof budgetGrant>;

const grants = z.object({ items: z.array(budgetGrant) });

/** More for runs that have reached a limit. */
export const budgetRoutes = {
  grantToIncident: route({
    method: 'POST',
    path: '/incidents/:key/grant',
    summary:
      'Give the run of an agent more than its limits, and let it go on where it stopped; an incident grants once',
    permission: 'incidents:resolve',
    params: keyParams,
    body: grantAmounts,
    response: budgetGrant,
    status: 201,
    errors: ['NOT_FOUND', 'INVALID_STATE', 'ENGINE_UNAVAILABLE'],
  }),
  ofInstance: route({
    method: 'GET',
    path: '/instances/:key/grants',
    summary: 'What the agents of a run were given beyond their limits, oldest first',
    permission: 'instances:read',
    params: keyParams,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND', 'ENGINE_UNAVAILABLE'],
  }),
  ofAgentRun: route({
    method: 'GET',
    path: '/agent-runs/:id/grants',
    summary: 'What a run on request was given beyond its limits, oldest first',
    permission: 'agents:read',
    params: idParams,
    response: grants,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  continueAgentRun: route({
    method: 'POST',
    path: '/agent-runs/:id/continuation',
    summary:
      'Go on with a run on request that stopped at a limit or a quota, from its record: nothing is done twice',
    permission: 'incidents:resolve',
    rate: 'run',
    params: z.object({ id }),
    /** Without more, a run goes on whose quota was raised. */
    body: z.object({ grant: grantAmounts.optional() }),
    response: agentRunWithSteps,
    events: agentRunEvents,
    answerEvent: 'run.finished',
    status: 200,
    errors: ['NOT_FOUND', 'INVALID_STATE', ...runErrors],
  }),
};
