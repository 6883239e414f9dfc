import { ok } from '@baton/engine/protocol';
import type { feelRoutes } from '../../api/index.ts';
import type { GatewayDependencies } from '../../dependencies.ts';
import type { HandlersOf } from '../handler.ts';

export function feelHandlers(evaluate: GatewayDependencies['evaluateFeel']): HandlersOf<typeof feelRoutes> {
  return {
    async evaluate({ body: { expression, context } }) {
      const answer = await evaluate(expression, context);
      return ok(answer.ok ? { ok: true, ...answer.value } : { ok: false, ...answer.failure });
    },
  };
}
