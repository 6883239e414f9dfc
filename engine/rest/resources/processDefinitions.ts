import type { DeployedProcess } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { notFound } from '../problem.ts';
import { readKey } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';

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
    hasStartForm: false,
  };
}
