import { ok, type Result } from '@baton/engine/protocol';
import type { AssignmentStore, Resource, ResourceStore } from '@baton/infra/store';
import { validateAgainst } from '@baton/tools-registry/contract';
import type { Access } from '../../access/access.ts';
import type { AgentContent, agentRunRoutes, TaskContent } from '../../api/index.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { VersionedService } from '../versioned/index.ts';
import type { AgentRunRequest } from './agentRuns.ts';
import type { AgentRunService } from './service.ts';
import { answerOf, runView, runWithSteps, telling } from './views.ts';

export interface AgentRunHandlerOptions {
  runs: AgentRunService;
  agents: Pick<VersionedService<AgentContent>, 'get'>;
  resources: Pick<ResourceStore, 'get' | 'getByName'>;
  assignments: Pick<AssignmentStore, 'get'>;
  access: Pick<Access, 'allows'>;
}

export function agentRunHandlers({
  runs,
  agents,
  resources,
  assignments,
  access,
}: AgentRunHandlerOptions): HandlersOf<typeof agentRunRoutes> {
  /** The task at the version the agent is assigned, else its latest. */
  async function taskOf(
    tenantId: string,
    agentId: string,
    name: string | undefined,
  ): Promise<Result<AgentRunRequest['task'], Refusal>> {
    if (name === undefined) return ok(undefined);
    const latest = await resources.getByName(tenantId, 'task', name);
    if (!latest) return refuse('NOT_FOUND', `Expected a task '${name}', but there is none`);
    const assigned = await assignments.get(tenantId, agentId, latest.id);
    const task = (assigned
      ? await resources.get(tenantId, 'task', latest.id, assigned.taskVersion)
      : latest) as unknown as Resource<TaskContent>;
    const { requestSchema, responseSchema } = task.content;
    return ok({ name, version: task.version, requestSchema, responseSchema });
  }

  function fits(task: AgentRunRequest['task'], input: object): Result<void, Refusal> {
    const violations = task ? validateAgainst(task.requestSchema, input as never) : [];
    if (violations.length === 0) return ok();
    return refuse(
      'VALIDATION_FAILED',
      `Expected an input that fits the task '${task?.name}', but ${violations[0]?.message}`,
      {
        issues: violations.map(({ pointer, message }) => ({
          path: ['body', 'input', ...pointer.split('/').slice(1)],
          message,
        })),
      },
    );
  }

  return {
    async run({ tenantId, principal, params: { id }, body, signal, emit, audit }) {
      const { version, label, content } = body;
      const found = await agents.get(tenantId, id, label === undefined ? version : { label });
      if (!found.ok) return found;
      if (content && !(await access.allows(tenantId, principal, 'agents:write'))) {
        return refuse(
          'PERMISSION_DENIED',
          'Expected the permission agents:write to try a content that is not saved, but you do not have it',
          { permission: 'agents:write' },
        );
      }
      const agent = content ? { id, name: found.value.name, version: 0, hash: null, content } : found.value;
      const task = await taskOf(tenantId, id, body.task);
      if (!task.ok) return task;
      const fit = fits(task.value, body.input ?? {});
      if (!fit.ok) return fit;
      audit.resource = { kind: 'agents', id };
      const ran = await runs.run(
        tenantId,
        { ...body, by: principal, agent, label, task: task.value },
        signal,
        telling(emit),
      );
      return answerOf(ran);
    },
    async ofAgent({ tenantId, params: { id }, query }) {
      const agent = await agents.get(tenantId, id, undefined);
      if (!agent.ok) return agent;
      const { items, total } = await runs.list(tenantId, { ...query, agentId: id });
      return ok(listAnswer(items.map(runView), total, { limit: query.limit, offset: query.offset }));
    },
    async list({ tenantId, query }) {
      const { items, total } = await runs.list(tenantId, query);
      return ok(listAnswer(items.map(runView), total, { limit: query.limit, offset: query.offset }));
    },
    async get({ tenantId, params: { id } }) {
      const found = await runs.get(tenantId, id);
      return found.ok ? ok(runWithSteps(found.value)) : found;
    },
    async cancel({ tenantId, params: { id } }) {
      const run = await runs.cancel(tenantId, id);
      return run.ok ? ok(runView(run.value)) : run;
    },
  };
}
