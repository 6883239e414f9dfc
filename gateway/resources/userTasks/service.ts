import type { EngineClient, EngineResult, FormItem, UserTaskItem } from '@baton/engine/client';
import { type JsonObject, ok, type Result } from '@baton/engine/protocol';
import type { Page, PageRequest } from '@baton/infra/store';
import type { UserTask, UserTaskForm } from '../../api/index.ts';
import { type Refusal, refusedByEngine } from '../../refusal.ts';
import { instant } from '../instances/service.ts';

export interface UserTaskFilter {
  state?: UserTaskItem['state'] | undefined;
  instanceKey?: string | undefined;
  assignee?: string | undefined;
}

type Answer<T> = Promise<Result<T, Refusal>>;

export interface UserTaskService {
  list(tenantId: string, filter: UserTaskFilter, page: PageRequest): Answer<Page<UserTask>>;
  get(tenantId: string, key: string): Answer<UserTask & { variables: JsonObject; form?: UserTaskForm }>;
  /** An empty name gives the task back. */
  assign(tenantId: string, key: string, assignee: string): Answer<void>;
  complete(tenantId: string, key: string, variables: JsonObject): Answer<void>;
}

export function createUserTaskService({ commands, queries }: EngineClient): UserTaskService {
  /** Sends a command only about a task of the tenant. */
  async function command(tenantId: string, key: string, send: () => EngineResult<void>): Answer<void> {
    const found = await queries.userTask(tenantId, key);
    if (!found.ok) return refusedByEngine(found.failure);
    const done = await send();
    return done.ok ? done : refusedByEngine(done.failure);
  }

  return {
    async list(tenantId, { state, instanceKey, assignee }, { limit, offset }) {
      const found = await queries.userTasks(
        tenantId,
        {
          ...(state ? { state } : {}),
          ...(instanceKey ? { processInstanceKey: instanceKey } : {}),
          ...(assignee ? { assignee } : {}),
        },
        { from: offset, limit },
      );
      if (!found.ok) return refusedByEngine(found.failure);
      return ok({ items: found.value.items.map(userTaskView), total: found.value.total });
    },
    async get(tenantId, key) {
      const found = await queries.userTask(tenantId, key);
      if (!found.ok) return refusedByEngine(found.failure);
      const [variables, form] = await Promise.all([
        queries.userTaskVariables(tenantId, key),
        queries.userTaskForm(tenantId, key),
      ]);
      if (!variables.ok) return refusedByEngine(variables.failure);
      if (!form.ok) return refusedByEngine(form.failure);
      return ok({
        ...userTaskView(found.value),
        variables: variables.value,
        ...(form.value && { form: formView(form.value) }),
      });
    },
    assign: (tenantId, key, assignee) =>
      command(tenantId, key, () =>
        assignee === '' ? commands.unassignUserTask(key) : commands.assignUserTask(key, assignee),
      ),
    complete: (tenantId, key, variables) =>
      command(tenantId, key, () => commands.completeUserTask(key, variables)),
  };
}

const formView = ({ formKey, formId, version, schema }: FormItem): UserTaskForm => ({
  key: formKey,
  formId,
  version,
  schema,
});

function userTaskView(item: UserTaskItem): UserTask {
  return {
    key: item.userTaskKey,
    name: item.name,
    elementId: item.elementId,
    elementInstanceKey: item.elementInstanceKey,
    instanceKey: item.processInstanceKey,
    processDefinitionKey: item.processDefinitionKey,
    bpmnProcessId: item.processDefinitionId,
    processName: item.processName,
    state: item.state,
    assignee: item.assignee,
    candidateGroups: item.candidateGroups,
    priority: item.priority,
    dueDate: item.dueDate,
    createdAt: instant(item.creationDate),
    ...(item.completionDate ? { endedAt: instant(item.completionDate) } : {}),
  };
}
