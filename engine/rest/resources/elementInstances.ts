import { commands, type ElementRow, executeUntilSettled, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { readActivations } from '../jobResult.ts';
import { notFound, refused } from '../problem.ts';
import {
  date,
  faults,
  readBody,
  readCommandKey,
  readKey,
  readReference,
  readVariables,
} from '../requests.ts';
import type { RestContext, Routes } from '../route.ts';
import { searchRuns } from '../runs.ts';
import { readSearch } from '../search.ts';

const fields = [
  'elementInstanceKey',
  'processInstanceKey',
  'processDefinitionKey',
  'processDefinitionId',
  'elementId',
  'elementName',
  'elementInstanceScopeKey',
  'type',
  'state',
  'startDate',
  'endDate',
  'hasIncident',
  'incidentKey',
  'tenantId',
];

export const elementInstances: Routes = {
  'POST /v2/element-instances/search': async (request, context) => {
    const search = readSearch(request, fields, ['elementInstanceKey', 'startDate']);
    if (!search.ok) return search;
    const scope = search.value.filter.exact('elementInstanceScopeKey');
    return searchRuns(search.value, context, ({ elements }) =>
      elements.map((row) => ({
        ...element(row, context),
        ...(scope !== undefined && { elementInstanceScopeKey: String(row.scopeKey) }),
      })),
    );
  },

  'GET /v2/element-instances/{key}': async ({ params }, context) => {
    const key = readKey('elementInstanceKey', params.key);
    if (!key.ok) return key;
    await context.history.caughtUp();
    const its = ({ elementInstanceKey }: ElementRow) => elementInstanceKey === key.value;
    const run = await context.history.ownerOf(key.value, ({ elements }) => elements.some(its));
    if (!run) return failed(notFound(`Element Instance with key '${params.key}' not found`));
    return ok({ status: 200, json: element(run.elements.find(its)!, context) });
  },

  'POST /v2/element-instances/ad-hoc-activities/{key}/activation': async (request, { broker }) => {
    const key = readCommandKey('adHocSubProcessInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = readBody(request);
    if (!body.ok) return body;
    const elements = readActivations(body.value.elements);
    if (!elements.ok) return elements;
    const fault = faults(elements.value.length === 0 && 'No elements provided.');
    if (fault) return failed(fault);
    const activated = await broker.execute(
      commands.activateAdHocElements(key.value, elements.value, body.value.cancelRemainingInstances === true),
    );
    return activated.ok ? ok({ status: 204 }) : failed(refused('ACTIVATE', activated.failure));
  },

  'PUT /v2/element-instances/{key}/variables': async (request, { broker }) => {
    const key = readCommandKey('elementInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const fault = faults(Object.keys(variables.value).length === 0 && 'No variables provided.');
    if (fault) return failed(fault);
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const semantics = body.value.local === true ? 'LOCAL' : 'PROPAGATE';
    const updated = await executeUntilSettled(
      broker,
      referred(commands.setVariables(key.value, variables.value, semantics), reference.value),
      request.signal,
    );
    return updated.ok ? ok({ status: 204 }) : failed(refused('UPDATE', updated.failure));
  },
};

function element(row: ElementRow, { history }: RestContext) {
  return {
    elementInstanceKey: String(row.elementInstanceKey),
    processInstanceKey: String(row.processInstanceKey),
    processDefinitionKey: String(row.processDefinitionKey),
    processDefinitionId: row.bpmnProcessId,
    elementId: row.elementId,
    elementName: history.elementName(row),
    type: row.type,
    state: row.state,
    startDate: date(row.startTime),
    endDate: date(row.endTime),
    hasIncident: row.incidentKey !== undefined,
    incidentKey: row.incidentKey === undefined ? undefined : String(row.incidentKey),
    // Beyond the published API: where it stands in the tree.
    scopeKey: String(row.scopeKey),
    tenantId: row.tenantId,
  };
}
