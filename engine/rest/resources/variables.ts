import type { VariableRow } from '@baton/engine/broker';
import { failed, ok, writeJson } from '@baton/engine/protocol';
import { notFound } from '../problem.ts';
import { readKey } from '../requests.ts';
import type { Routes } from '../route.ts';
import { searchRuns } from '../runs.ts';
import { readSearch } from '../search.ts';

const fields = ['variableKey', 'name', 'value', 'scopeKey', 'processInstanceKey', 'tenantId', 'isTruncated'];

export const variables: Routes = {
  'POST /v2/variables/search': async (request, context) => {
    const search = readSearch(request, fields, ['variableKey']);
    if (!search.ok) return search;
    return searchRuns(search.value, context, (run) => run.variables.map(variable));
  },

  'GET /v2/variables/{key}': async ({ params }, { history }) => {
    const key = readKey('variableKey', params.key);
    if (!key.ok) return key;
    await history.caughtUp();
    const its = ({ variableKey }: VariableRow) => variableKey === key.value;
    const run = await history.ownerOf(key.value, (candidate) => candidate.variables.some(its));
    if (!run) return failed(notFound(`Variable with key '${params.key}' not found`));
    return ok({ status: 200, json: variable(run.variables.find(its)!) });
  },
};

export function variable(row: VariableRow) {
  return {
    variableKey: String(row.variableKey),
    name: row.name,
    value: writeJson(row.value),
    isTruncated: false,
    scopeKey: String(row.scopeKey),
    processInstanceKey: String(row.processInstanceKey),
    tenantId: row.tenantId,
  };
}
