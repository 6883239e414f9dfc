import type { EngineClient } from '@baton/engine/client';
import { type BudgetGrant, type CallLog, type GrantStore, ok, type Result } from '@baton/engine/protocol';
import type { GrantAmounts } from '../../api/index.ts';
import { type Refusal, refuse, refusedByEngine } from '../../refusal.ts';

type Answer<T> = Promise<Result<T, Refusal>>;

export interface BudgetService {
  /** Adds the grant, then lets the job be done again: its run goes on from its record. */
  grantToIncident(tenantId: string, key: string, amounts: GrantAmounts, by: string): Answer<BudgetGrant>;
  ofInstance(tenantId: string, key: string): Answer<BudgetGrant[]>;
}

/** Incidents of jobs that nobody tries again, of tasks and of ad-hoc sub-processes. */
const withoutRetries: ReadonlySet<string> = new Set(['JOB_NO_RETRIES', 'AD_HOC_SUB_PROCESS_NO_RETRIES']);

/** Incidents of one run that are asked for grants. */
const incidentLimit = 200;

export function createBudgetService(
  { commands, queries }: Pick<EngineClient, 'commands' | 'queries'>,
  grants: GrantStore,
  calls: Pick<CallLog, 'list'>,
  now: () => number,
): BudgetService {
  return {
    async grantToIncident(tenantId, key, amounts, by) {
      const found = await queries.incident(tenantId, key);
      if (!found.ok) return refusedByEngine(found.failure);
      const { state, jobKey, elementInstanceKey, errorType } = found.value;
      if (state !== 'ACTIVE')
        return refuse('INVALID_STATE', `Expected an open incident, but it is ${state.toLowerCase()}`, {
          state,
        });
      if (!jobKey)
        return refuse(
          'INVALID_STATE',
          `Expected the incident of an agent's job, but nobody's job made it: ${errorType}`,
        );
      // Its id is the incident's: who asks twice, or again after the engine was away, gives once.
      const id = `incident-${key}`;
      await grants.add({ id, tenantId, elementInstanceKey, ...amounts, by, at: now() });
      if (withoutRetries.has(errorType)) {
        const updated = await commands.updateJobRetries(jobKey, 1);
        if (!updated.ok) return refusedByEngine(updated.failure);
      }
      const resolved = await commands.resolveIncident(key);
      if (!resolved.ok) return refusedByEngine(resolved.failure);
      const given = await grants.ofElement(tenantId, elementInstanceKey);
      return ok(given.find((grant) => grant.id === id)!);
    },

    async ofInstance(tenantId, key) {
      const instance = await queries.instance(tenantId, key);
      if (!instance.ok) return refusedByEngine(instance.failure);
      const page = { from: 0, limit: incidentLimit };
      const incidents = await queries.incidents(tenantId, { processInstanceKey: key }, page);
      if (!incidents.ok) return refusedByEngine(incidents.failure);
      // An incident that is resolved may not be found any more; the calls that led to it are.
      const touched = [...incidents.value.items, ...(await calls.list(tenantId, key))];
      const elements = new Set(touched.map(({ elementInstanceKey }) => elementInstanceKey));
      const given = await Promise.all([...elements].map((each) => grants.ofElement(tenantId, each)));
      return ok(given.flat().sort((a, b) => a.at - b.at));
    },
  };
}
