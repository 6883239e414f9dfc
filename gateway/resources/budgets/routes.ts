import { type BudgetGrant, ok } from '@baton/engine/protocol';
import type { BudgetGrantView, budgetRoutes } from '../../api/index.ts';
import type { AgentRunService } from '../agentRuns/service.ts';
import { answerOf, telling } from '../agentRuns/views.ts';
import type { HandlersOf } from '../handler.ts';
import type { BudgetService } from './service.ts';

export function budgetHandlers(
  budgets: BudgetService,
  runs: Pick<AgentRunService, 'continue' | 'grants'>,
): HandlersOf<typeof budgetRoutes> {
  return {
    async grantToIncident({ tenantId, principal, params: { key }, body }) {
      const given = await budgets.grantToIncident(tenantId, key, body, principal.username);
      return given.ok ? ok(view(given.value)) : given;
    },
    async ofInstance({ tenantId, params: { key } }) {
      const given = await budgets.ofInstance(tenantId, key);
      return given.ok ? ok({ items: given.value.map(view) }) : given;
    },
    async ofAgentRun({ tenantId, params: { id } }) {
      const given = await runs.grants(tenantId, id);
      return given.ok ? ok({ items: given.value.map(view) }) : given;
    },
    async continueAgentRun({ tenantId, principal, params: { id }, body: { grant }, signal, emit, audit }) {
      audit.resource = { kind: 'agentRuns', id };
      return answerOf(await runs.continue(tenantId, id, { by: principal, grant }, signal, telling(emit)));
    },
  };
}

const view = ({ tenantId: _tenant, at, ...grant }: BudgetGrant): BudgetGrantView => ({
  ...grant,
  at: new Date(at).toISOString(),
});
