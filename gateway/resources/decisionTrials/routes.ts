import { ok } from '@baton/engine/protocol';
import type { decisionTrialRoutes } from '../../api/index.ts';
import type { GatewayDependencies } from '../../dependencies.ts';
import type { HandlersOf } from '../handler.ts';

export function decisionTrialHandlers(
  tryDecision: GatewayDependencies['tryDecision'],
): HandlersOf<typeof decisionTrialRoutes> {
  return {
    async evaluate({ body: { xml, decisionId, variables } }) {
      const answer = await tryDecision(xml, decisionId, variables);
      return ok(answer.ok ? { ok: true, ...answer.value } : { ok: false, ...answer.failure });
    },
  };
}
