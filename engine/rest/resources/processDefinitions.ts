import type { DeployedProcess, InstanceRow } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { formAnswer } from '../form.ts';
import { notFound } from '../problem.ts';
import { readKey } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';
import { elementStatistics } from '../statistics.ts';

const fields = [
  'processDefinitionKey',
  'processDefinitionId',
  'name',
  'version',
  'versionTag',
  'resourceName',
  'tenantId',
];

export const processDefinitions: Routes = {
  'POST /v2/process-definitions/search': (request, { broker }) => {
    const search = readSearch(request, fields, ['processDefinitionKey', 'version']);
    if (!search.ok) return search;
    const found = [...broker.queries.processes()]
      .sort((a, b) => a.processDefinitionKey - b.processDefinitionKey)
      .map(definition)
      .filter((item) => search.value.filter.matches(item));
    return pageOf(found, search.value);
  },
  'GET /v2/process-definitions/{key}': (request, context) => {
    const process = find(request, context);
    return process.ok ? ok({ status: 200, json: definition(process.value) }) : process;
  },
  'GET /v2/process-definitions/{key}/xml': (request, context) => {
    const process = find(request, context);
    return process.ok
      ? ok({ status: 200, text: process.value.resource, type: 'text/xml; charset=utf-8' })
      : process;
  },

  'GET /v2/process-definitions/{key}/form': (request, context) => {
    const process = find(request, context);
    if (!process.ok) return process;
    const { tenantId, startFormId } = process.value;
    return formAnswer(context.broker.queries.latestForm(tenantId, startFormId));
  },

  'POST /v2/process-definitions/{key}/statistics/element-instances': async (request, context) => {
    const process = find(request, context);
    if (!process.ok) return process;
    const body = request.json();
    if (!body.ok) return body;
    await context.history.caughtUp();
    const ofProcess = (row: InstanceRow) => row.processDefinitionKey === process.value.processDefinitionKey;
    const items = await elementStatistics(context.history.runs(ofProcess));
    return ok({ status: 200, json: { items } });
  },
};

function find({ params }: RestRequest, { broker }: RestContext) {
  const key = readKey('processDefinitionKey', params.key);
  if (!key.ok) return key;
  const process = broker.queries.process(key.value);
  if (process) return ok(process);
  return failed(notFound(`Expected to find process definition with key '${params.key}', but none found`));
}

function definition(process: DeployedProcess) {
  return {
    processDefinitionKey: String(process.processDefinitionKey),
    processDefinitionId: process.bpmnProcessId,
    name: process.name || process.bpmnProcessId,
    version: process.version,
    versionTag: process.versionTag || null,
    resourceName: process.resourceName,
    tenantId: process.tenantId,
    hasStartForm: process.startFormId !== '',
  };
}
