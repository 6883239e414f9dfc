import { ok } from '@baton/engine/protocol';
import { jsonHash } from '@baton/infra/store';
import type { assignmentRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { AssignmentService } from './service.ts';

/** The audit hears what was assigned: agent, task, version. */
const hashOf = (agent: string, task: string, version: number) => jsonHash({ agent, task, version });

export function assignmentHandlers(assignments: AssignmentService): HandlersOf<typeof assignmentRoutes> {
  return {
    async list({ tenantId, params, query }) {
      const found = await assignments.ofAgent(tenantId, params.id, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
    async assign({ tenantId, principal, params, body, audit }) {
      const made = await assignments.assign(tenantId, params.id, body.task, body.version, principal.username);
      if (made.ok) audit.after = hashOf(params.id, body.task, made.value.task.version);
      return made;
    },
    async move({ tenantId, params, body, audit }) {
      const moved = await assignments.move(tenantId, params.id, params.taskId, body.version);
      if (moved.ok) audit.after = hashOf(params.id, params.taskId, body.version);
      return moved;
    },
    async unassign({ tenantId, params, audit }) {
      const taken = await assignments.unassign(tenantId, params.id, params.taskId);
      if (!taken.ok) return taken;
      audit.before = hashOf(params.id, params.taskId, taken.value.taskVersion);
      return ok();
    },
    async agents({ tenantId, params, query }) {
      const found = await assignments.ofTask(tenantId, params.id, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
  };
}
