import { z } from 'zod';
import { json, jsonObject } from '../common.ts';
import { route } from '../route.ts';

const warning = z.object({ code: z.string(), message: z.string() });

export const feelRoutes = {
  evaluate: route({
    method: 'POST',
    path: '/feel/evaluation',
    summary: 'Evaluate a FEEL expression as a process would, with the variables it is given',
    permission: 'signedIn',
    rate: 'run',
    body: z.object({
      /** Without the leading `=`. */
      expression: z.string().min(1).max(20_000),
      context: jsonObject.default({}),
    }),
    response: z.discriminatedUnion('ok', [
      z.object({ ok: z.literal(true), value: json, warnings: z.array(warning) }),
      z.object({
        ok: z.literal(false),
        message: z.string(),
        /** 0-based place in the expression, where it cannot be read. */
        offset: z.number().int().optional(),
      }),
    ]),
    status: 200,
    errors: [],
    question: true,
  }),
};
