import { commands, type IncidentRow, referred } from '@baton/engine/broker';
import { failed, type JsonObject, ok, type Result } from '@baton/engine/protocol';
import { notFound, type Problem, refused } from '../problem.ts';
import { date, readCommandKey, readKey, readReference } from '../requests.ts';
import type { RestAnswer, RestContext, RestRequest, Routes } from '../route.ts';
import { readSearch, searchAnswer, tableSearch } from '../search.ts';

const fields = [
  'incidentKey',
  'processInstanceKey',
  'processDefinitionKey',
  'processDefinitionId',
  'errorType',
  'elementId',
  'elementInstanceKey',
  'jobKey',
  'errorMessage',
  'creationTime',
  'state',
  'tenantId',
];

export const incidents: Routes = {
  'POST /v2/incidents/search': (request, context) => searchIncidents(request, context),

  'GET /v2/incidents/{key}': async ({ params }, { history }) => {
    const key = readKey('incidentKey', params.key);
    if (!key.ok) return key;
    await history.caughtUp();
    const row = history.incident(key.value);
    if (!row) return failed(notFound(`Incident with key '${params.key}' not found`));
    return ok({ status: 200, json: incident(row) });
  },

  'POST /v2/incidents/{key}/resolution': async (request, { broker }) => {
    const key = readCommandKey('incidentKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const resolved = await broker.execute(referred(commands.resolveIncident(key.value), reference.value));
    return resolved.ok ? ok({ status: 204 }) : failed(refused('RESOLVE', resolved.failure));
  },
};

/** @param within what the path says beside the filter */
export async function searchIncidents(
  request: RestRequest,
  { history }: RestContext,
  within: JsonObject = {},
): Promise<Result<RestAnswer, Problem>> {
  const search = readSearch(request, fields, ['incidentKey', 'creationTime'], within);
  if (!search.ok) return search;
  await history.caughtUp();
  const found = await history.incidents(
    tableSearch(search.value, ({ key, bpmnProcessId, ...facets }) => ({
      ...facets,
      creationTime: date(facets.creationTime),
      incidentKey: key,
      processDefinitionId: bpmnProcessId,
    })),
  );
  return searchAnswer(found.items.map(incident), found.total, search.value.from);
}

function incident(row: IncidentRow) {
  return {
    incidentKey: String(row.incidentKey),
    processInstanceKey: String(row.processInstanceKey),
    processDefinitionKey: String(row.processDefinitionKey),
    processDefinitionId: row.bpmnProcessId,
    errorType: row.errorType,
    errorMessage: row.errorMessage,
    elementId: row.elementId,
    elementInstanceKey: String(row.elementInstanceKey),
    jobKey: row.jobKey > 0 ? String(row.jobKey) : undefined,
    creationTime: date(row.creationTime),
    state: row.state,
    tenantId: row.tenantId,
  };
}
