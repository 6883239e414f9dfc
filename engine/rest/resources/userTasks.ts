import { commands, type UserTaskRow, type VariableRow } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { notFound, refused } from '../problem.ts';
import { date, readKey, readVariables } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch, searchAnswer, tableSearch } from '../search.ts';
import { variable } from './variables.ts';

const fields = [
  'userTaskKey',
  'processInstanceKey',
  'processDefinitionKey',
  'processDefinitionId',
  'elementId',
  'elementInstanceKey',
  'assignee',
  'priority',
  'state',
  'tenantId',
];

export const userTasks: Routes = {
  'POST /v2/user-tasks/search': async (request, context) => {
    const search = readSearch(
      request,
      [...fields, 'candidateGroup', 'candidateUser'],
      ['userTaskKey', 'creationDate'],
    );
    if (!search.ok) return search;
    const { filter } = search.value;
    await context.history.caughtUp();
    const found = await context.history.userTasks(
      tableSearch(search.value, ({ key, bpmnProcessId, candidateGroups, candidateUsers, ...facets }) => ({
        ...facets,
        userTaskKey: key,
        processDefinitionId: bpmnProcessId,
        candidateGroup: candidateGroups.find((group) => group === filter.exact('candidateGroup')),
        candidateUser: candidateUsers.find((user) => user === filter.exact('candidateUser')),
      })),
    );
    return searchAnswer(
      found.items.map((row) => userTask(row, context)),
      found.total,
    );
  },

  'GET /v2/user-tasks/{key}': async (request, context) => {
    const row = await find(request, context);
    return row.ok ? ok({ status: 200, json: userTask(row.value, context) }) : row;
  },

  'POST /v2/user-tasks/{key}/variables/search': async (request, context) => {
    const row = await find(request, context);
    if (!row.ok) return row;
    const search = readSearch(request, ['name'], ['name', 'variableKey']);
    if (!search.ok) return search;
    const seen = visibleVariables(row.value, context)
      .map(variable)
      .filter((item) => search.value.filter.matches(item));
    return pageOf(seen, search.value);
  },

  'POST /v2/user-tasks/{key}/completion': async (request, { broker }) => {
    const key = readKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const completed = await broker.execute(
      commands.completeUserTask(key.value, variables.value, String(body.value.action ?? 'complete')),
    );
    return completed.ok ? ok({ status: 204 }) : failed(refused('COMPLETE', completed.failure));
  },

  'POST /v2/user-tasks/{key}/assignment': async (request, { broker }) => {
    const key = readKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const assigned = await broker.execute(
      commands.assignUserTask(
        key.value,
        String(body.value.assignee ?? ''),
        String(body.value.action ?? 'assign'),
      ),
    );
    return assigned.ok ? ok({ status: 204 }) : failed(refused('ASSIGN', assigned.failure));
  },

  'DELETE /v2/user-tasks/{key}/assignee': async ({ params }, { broker }) => {
    const key = readKey('userTaskKey', params.key);
    if (!key.ok) return key;
    const unassigned = await broker.execute(commands.assignUserTask(key.value, '', 'unassign'));
    return unassigned.ok ? ok({ status: 204 }) : failed(refused('ASSIGN', unassigned.failure));
  },
};

async function find({ params }: RestRequest, { history }: RestContext) {
  const key = readKey('userTaskKey', params.key);
  if (!key.ok) return key;
  await history.caughtUp();
  const row = history.userTask(key.value);
  return row ? ok(row) : failed(notFound(`User Task with key '${params.key}' not found`));
}

/** The variables a task sees: of its own scope and the enclosing ones, a nearer one hiding those of its name. */
function visibleVariables(task: UserTaskRow, { history }: RestContext): VariableRow[] {
  const { elements, variables } = history.run(task.processInstanceKey);
  const visible = new Map<string, VariableRow>();
  for (
    let scope = task.elementInstanceKey;
    scope > 0;
    scope = elements.find(({ elementInstanceKey }) => elementInstanceKey === scope)?.scopeKey ?? -1
  ) {
    for (const row of variables) {
      if (row.scopeKey === scope && !visible.has(row.name)) visible.set(row.name, row);
    }
  }
  return [...visible.values()];
}

function userTask(row: UserTaskRow, { broker, history }: RestContext) {
  return {
    userTaskKey: String(row.userTaskKey),
    name: history.elementName(row),
    state: row.state,
    assignee: row.assignee || null,
    elementId: row.elementId,
    elementInstanceKey: String(row.elementInstanceKey),
    candidateGroups: row.candidateGroups,
    candidateUsers: row.candidateUsers,
    processDefinitionId: row.bpmnProcessId,
    processDefinitionVersion: row.processDefinitionVersion,
    processDefinitionKey: String(row.processDefinitionKey),
    processName: broker.queries.process(row.processDefinitionKey)?.name || row.bpmnProcessId,
    processInstanceKey: String(row.processInstanceKey),
    creationDate: date(row.creationTime),
    completionDate: date(row.completionTime),
    dueDate: row.dueDate || undefined,
    followUpDate: row.followUpDate || undefined,
    priority: row.priority,
    externalFormReference: row.externalFormReference || undefined,
    formKey: row.formKey > 0 ? String(row.formKey) : undefined,
    customHeaders: row.customHeaders,
    tenantId: row.tenantId,
  };
}
