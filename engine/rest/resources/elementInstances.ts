import { commands, type ElementRow } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { invalidArgument, refused } from '../problem.ts';
import { date, readKey, readVariables } from '../requests.ts';
import type { RestContext, Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';

const fields = [
  'elementInstanceKey',
  'processInstanceKey',
  'processDefinitionKey',
  'processDefinitionId',
  'elementId',
  'elementName',
  'type',
  'state',
  'hasIncident',
  'incidentKey',
  'tenantId',
];

export const elementInstances: Routes = {
  'POST /v2/element-instances/search': async (request, context) => {
    const search = readSearch(request, fields, ['elementInstanceKey', 'startDate']);
    if (!search.ok) return search;
    const { filter } = search.value;
    if (filter.exact('processInstanceKey') === undefined) {
      return failed(
        invalidArgument('Expected filter.processInstanceKey to name one process instance, but it does not'),
      );
    }
    const key = readKey('processInstanceKey', filter.exact('processInstanceKey'));
    if (!key.ok) return key;
    await context.history.caughtUp();
    const items = context.history
      .run(key.value)
      .elements.map((row) => element(row, context))
      .filter((item) => filter.matches(item));
    return pageOf(items, search.value);
  },

  'PUT /v2/element-instances/{key}/variables': async (request, { broker }) => {
    const key = readKey('elementInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const updated = await broker.execute(
      commands.setVariables(key.value, variables.value, body.value.local === true ? 'LOCAL' : 'PROPAGATE'),
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
