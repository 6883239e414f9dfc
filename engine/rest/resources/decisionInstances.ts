import type { DecisionInstanceRow } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { notFound } from '../problem.ts';
import { date } from '../requests.ts';
import type { Routes } from '../route.ts';
import { readSearch, searchAnswer, tableSearch } from '../search.ts';

const fields = [
  'decisionEvaluationInstanceKey',
  'decisionEvaluationKey',
  'state',
  'evaluationDate',
  'evaluationFailure',
  'decisionDefinitionKey',
  'decisionDefinitionId',
  'decisionDefinitionName',
  'decisionDefinitionVersion',
  'decisionDefinitionType',
  'processDefinitionKey',
  'processInstanceKey',
  'elementInstanceKey',
  'tenantId',
];

/** One decision of an evaluation goes by the key of the evaluation and its place, `key-1`. */
export const decisionInstances: Routes = {
  'POST /v2/decision-instances/search': async (request, { history }) => {
    const search = readSearch(request, fields, ['decisionEvaluationKey', 'evaluationDate']);
    if (!search.ok) return search;
    await history.caughtUp();
    const found = await history.decisionInstances(
      tableSearch(search.value, (facets) => ({
        ...facets,
        decisionEvaluationInstanceKey: `${facets.decisionEvaluationKey}-${facets.index}`,
        evaluationDate: date(facets.evaluationTime),
        decisionDefinitionKey: facets.decisionKey,
        decisionDefinitionId: facets.decisionId,
        decisionDefinitionName: facets.decisionName,
        decisionDefinitionVersion: facets.decisionVersion,
        decisionDefinitionType: facets.decisionType,
      })),
    );
    return searchAnswer(found.items.map(instance), found.total, search.value.from);
  },

  'GET /v2/decision-instances/{key}': async ({ params }, { history }) => {
    const [key, index] = (params.key ?? '').split('-').map(Number);
    await history.caughtUp();
    const row = history.decisionInstance(key ?? -1, index ?? 1);
    if (!row) return failed(notFound(`Decision Instance with id '${params.key}' not found`));
    const { evaluatedInputs, matchedRules } = row;
    return ok({ status: 200, json: { ...instance(row), evaluatedInputs, matchedRules } });
  },
};

function instance(row: DecisionInstanceRow) {
  const keyOf = (key: number) => (key > 0 ? String(key) : undefined);
  return {
    decisionEvaluationInstanceKey: `${row.decisionEvaluationKey}-${row.index}`,
    decisionEvaluationKey: String(row.decisionEvaluationKey),
    state: row.state,
    evaluationDate: date(row.evaluationTime),
    evaluationFailure: row.evaluationFailure || undefined,
    decisionDefinitionKey: String(row.decisionKey),
    decisionDefinitionId: row.decisionId,
    decisionDefinitionName: row.decisionName,
    decisionDefinitionVersion: row.decisionVersion,
    decisionDefinitionType: row.decisionType,
    processDefinitionKey: keyOf(row.processDefinitionKey),
    processInstanceKey: keyOf(row.processInstanceKey),
    elementInstanceKey: keyOf(row.elementInstanceKey),
    result: row.decisionOutput,
    tenantId: row.tenantId,
  };
}
