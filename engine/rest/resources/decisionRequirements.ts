import type { Deployed } from '@baton/engine/broker';
import { type DecisionRequirementsValue, failed, ok } from '@baton/engine/protocol';
import { notFound } from '../problem.ts';
import { readKey } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';

const fields = [
  'decisionRequirementsKey',
  'decisionRequirementsId',
  'decisionRequirementsName',
  'version',
  'resourceName',
  'tenantId',
];

export const decisionRequirements: Routes = {
  'POST /v2/decision-requirements/search': (request, { broker }) => {
    const search = readSearch(request, fields, ['decisionRequirementsKey', 'version']);
    if (!search.ok) return search;
    const found = [...broker.queries.allDecisionRequirements()]
      .sort((a, b) => a.key - b.key)
      .map(requirements)
      .filter((item) => search.value.filter.matches(item));
    return pageOf(found, search.value);
  },

  'GET /v2/decision-requirements/{key}': (request, context) => {
    const graph = find(request, context);
    return graph.ok ? ok({ status: 200, json: requirements(graph.value) }) : graph;
  },

  'GET /v2/decision-requirements/{key}/xml': (request, context) => {
    const graph = find(request, context);
    if (!graph.ok) return graph;
    return ok({ status: 200, text: graph.value.value.resource, type: 'text/xml; charset=utf-8' });
  },
};

function find({ params }: RestRequest, { broker }: RestContext) {
  const key = readKey('decisionRequirementsKey', params.key);
  if (!key.ok) return key;
  const graph = broker.queries.decisionRequirements(key.value);
  if (graph) return ok(graph);
  return failed(notFound(`Decision Requirements with key '${params.key}' not found`));
}

function requirements({ key, tenantId, value }: Deployed<DecisionRequirementsValue>) {
  return {
    decisionRequirementsKey: String(key),
    decisionRequirementsId: value.decisionRequirementsId,
    decisionRequirementsName: value.decisionRequirementsName,
    version: value.decisionRequirementsVersion,
    resourceName: value.resourceName,
    tenantId,
  };
}
