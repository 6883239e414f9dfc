import type { VariableRow } from '@baton/engine/broker';
import { failed } from '@baton/engine/protocol';
import { invalidArgument } from '../problem.ts';
import { readKey } from '../requests.ts';
import type { Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';

const fields = ['variableKey', 'name', 'value', 'scopeKey', 'processInstanceKey', 'tenantId'];

export const variables: Routes = {
  'POST /v2/variables/search': async (request, { history }) => {
    const search = readSearch(request, fields, ['variableKey', 'name']);
    if (!search.ok) return search;
    const { filter } = search.value;
    if (filter.exact('processInstanceKey') === undefined) {
      return failed(
        invalidArgument('Expected filter.processInstanceKey to name one process instance, but it does not'),
      );
    }
    const key = readKey('processInstanceKey', filter.exact('processInstanceKey'));
    if (!key.ok) return key;
    await history.caughtUp();
    const items = history
      .run(key.value)
      .variables.map(variable)
      .filter((item) => filter.matches(item));
    return pageOf(items, search.value);
  },
};

export function variable(row: VariableRow) {
  return {
    variableKey: String(row.variableKey),
    name: row.name,
    value: JSON.stringify(row.value),
    isTruncated: false,
    scopeKey: String(row.scopeKey),
    processInstanceKey: String(row.processInstanceKey),
    tenantId: row.tenantId,
  };
}
