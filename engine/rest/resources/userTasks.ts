import { commands, executeUntilSettled, type UserTaskRow, type VariableRow } from '@baton/engine/broker';
import { failed, type JsonObject, ok } from '@baton/engine/protocol';
import { formAnswer } from '../form.ts';
import { notFound, refused } from '../problem.ts';
import { date, faults, readBody, readCommandKey, readKey, readVariables } from '../requests.ts';
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
  'creationDate',
  'completionDate',
  'dueDate',
  'followUpDate',
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
    await context.history.caughtUp();
    const found = await context.history.userTasks(
      tableSearch(search.value, ({ key, bpmnProcessId, candidateGroups, candidateUsers, ...facets }) => ({
        ...facets,
        creationDate: date(facets.creationTime),
        completionDate: date(facets.completionTime),
        userTaskKey: key,
        processDefinitionId: bpmnProcessId,
        candidateGroup: candidateGroups,
        candidateUser: candidateUsers,
      })),
    );
    return searchAnswer(
      found.items.map((row) => userTask(row, context)),
      found.total,
      search.value.from,
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

  // forms of other systems are named in the task itself
  'GET /v2/user-tasks/{key}/form': async (request, context) => {
    const row = await find(request, context);
    return row.ok ? formAnswer(context.broker.queries.form(row.value.formKey)) : row;
  },

  'PATCH /v2/user-tasks/{key}': async (request, { broker }) => {
    const key = readCommandKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const changeset = (body.value.changeset ?? {}) as JsonObject;
    const changed = Object.fromEntries(
      Object.keys(updatable)
        .filter((name) => changeset[name] !== undefined && changeset[name] !== null)
        .map((name) => [name, changeset[name]]),
    ) as Parameters<typeof commands.updateUserTask>[1];
    const fault = faults(
      Object.keys(changed).length === 0 &&
        !body.value.action &&
        'No update data provided. Provide at least an "action" or a non-null value for a supported attribute in the "changeset".',
      ...Object.entries(changed).map(([name, value]) => updatable[name as keyof typeof updatable](value)),
    );
    if (fault) return failed(fault);
    const action = String(body.value.action ?? 'update');
    const updated = await executeUntilSettled(
      broker,
      commands.updateUserTask(key.value, changed, action),
      request.signal,
    );
    return updated.ok ? ok({ status: 204 }) : failed(refused('UPDATE', updated.failure));
  },

  'POST /v2/user-tasks/{key}/completion': async (request, { broker }) => {
    const key = readCommandKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const completed = await executeUntilSettled(
      broker,
      commands.completeUserTask(key.value, variables.value, String(body.value.action ?? 'complete')),
      request.signal,
    );
    return completed.ok ? ok({ status: 204 }) : failed(refused('COMPLETE', completed.failure));
  },

  'POST /v2/user-tasks/{key}/assignment': async (request, { broker }) => {
    const key = readCommandKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const body = readBody(request);
    if (!body.ok) return body;
    const fault = faults(!body.value.assignee && 'No assignee provided');
    if (fault) return failed(fault);
    const assigned = await executeUntilSettled(
      broker,
      commands.assignUserTask(
        key.value,
        String(body.value.assignee ?? ''),
        String(body.value.action ?? 'assign'),
      ),
      request.signal,
    );
    return assigned.ok ? ok({ status: 204 }) : failed(refused('ASSIGN', assigned.failure));
  },

  'DELETE /v2/user-tasks/{key}/assignee': async (request, { broker }) => {
    const key = readCommandKey('userTaskKey', request.params.key);
    if (!key.ok) return key;
    const unassigned = await executeUntilSettled(
      broker,
      commands.assignUserTask(key.value, '', 'unassign'),
      request.signal,
    );
    return unassigned.ok ? ok({ status: 204 }) : failed(refused('ASSIGN', unassigned.failure));
  },
};

/** What a client may change of a task, and what may be wrong with it. */
const updatable = {
  candidateGroups: nothingWrong,
  candidateUsers: nothingWrong,
  dueDate: (value: unknown) => notDate('due date', value),
  followUpDate: (value: unknown) => notDate('follow-up date', value),
  priority: (value: unknown) =>
    Number(value) >= 0 && Number(value) <= 100
      ? undefined
      : `The value for priority is '${String(value)}' but must be within the [0,100] range.`,
};

function nothingWrong(): undefined {}

/** RFC 3339, section 5.6; '' takes a date away. */
function notDate(name: string, value: unknown): string | undefined {
  const text = String(value);
  const shape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})(?:\[[^\]]+\])?$/;
  if (text === '' || (shape.test(text) && !Number.isNaN(Date.parse(text.replace(/\[.*$/, '')))))
    return undefined;
  return `The provided ${name} '${text}' cannot be parsed as a date according to RFC 3339, section 5.6.`;
}

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
