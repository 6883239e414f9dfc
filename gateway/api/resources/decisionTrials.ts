import { z } from 'zod';
import { json, jsonObject } from '../common.ts';
import { route } from '../route.ts';
import { decisionContent } from './decisions.ts';

const named = z.object({ id: z.string(), name: z.string(), value: json });

/** How one decision, or knowledge model, on the way came to its value. */
export const triedStep = z.object({
  decisionId: z.string(),
  decisionName: z.string(),
  output: json,
  inputs: z.array(named),
  /** Those that hit. */
  rules: z.array(
    z.object({
      id: z.string(),
      /** 1-based. */
      index: z.number().int(),
      outputs: z.array(z.object({ name: z.string(), value: json })),
    }),
  ),
});
export type TriedStep = z.infer<typeof triedStep>;

export const decisionTrialRoutes = {
  evaluate: route({
    method: 'POST',
    path: '/decisions/evaluation',
    summary: 'Evaluate a decision of a file as it stands with some variables; nothing is saved or deployed',
    permission: 'decisions:read',
    rate: 'run',
    body: decisionContent.extend({
      /** Of the decision in the file. */
      decisionId: z.string().min(1).max(255),
      variables: jsonObject.default({}),
    }),
    response: z.discriminatedUnion('ok', [
      z.object({
        ok: z.literal(true),
        output: json,
        failure: z.object({ decisionId: z.string(), message: z.string() }).optional(),
        steps: z.array(triedStep),
      }),
      z.object({ ok: z.literal(false), message: z.string() }),
    ]),
    status: 200,
    errors: [],
    question: true,
  }),
};
export type DecisionTrial = z.infer<typeof decisionTrialRoutes.evaluate.response>;
