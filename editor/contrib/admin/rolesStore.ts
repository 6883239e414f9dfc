import { ok } from '@baton/engine/protocol';
import {
  accessRoutes,
  type Explanation,
  type Permission,
  type RoleView,
  roleRoutes,
} from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createRecords, type Records } from './liveRecords.ts';
import type { RoleDraft } from './roleDraft.ts';

/** A person and a permission, and what the gateway answers to them. */
export interface Question {
  /** Id of a user. */
  user: string | undefined;
  permission: Permission | undefined;
  answer: Explanation | undefined;
  failure: Failure | undefined;
}

export interface Roles extends Records<RoleView> {
  readonly question: Readable<Question>;
  /** Asks why; what is not given stays as it was asked. */
  ask(part: { user?: string; permission?: Permission }): Promise<void>;
  /** Saves what was typed over `before`, or a new role. */
  save(draft: RoleDraft, before: RoleView | undefined): Promise<Failure | undefined>;
  /** Asks first. */
  remove(role: RoleView): Promise<void>;
}

/** What roles there are, and why somebody may or may not. */
export function createRoles(platform: Platform): Roles {
  const { api, dialogs, notifications } = platform;
  const records = createRecords<RoleView>(platform, ['roles'], async () => {
    const answer = await api.call(roleRoutes.listRoles);
    return answer.ok ? ok(answer.value.items) : answer;
  });
  const question = createStore<Question>(() => ({
    user: undefined,
    permission: undefined,
    answer: undefined,
    failure: undefined,
  }));
  return {
    ...records,
    question,
    async ask(part) {
      if (Object.keys(part).length > 0) question.setState({ ...part, failure: undefined });
      const { user, permission } = question.getState();
      if (!user || !permission) return;
      const answer = await api.call(accessRoutes.why, { query: { user, permission } });
      const now = question.getState();
      if (now.user !== user || now.permission !== permission) return;
      question.setState(
        answer.ok
          ? { answer: answer.value, failure: undefined }
          : { answer: undefined, failure: answer.failure },
      );
    },
    async save({ name, description, permissions, tools }, before) {
      const content = { description, permissions: [...permissions], ...(tools && { tools: [...tools] }) };
      const answer = before
        ? await api.call(roleRoutes.updateRole, { params: { name }, body: content, ifMatch: before.hash })
        : await api.call(roleRoutes.createRole, { body: { name, ...content } });
      await records.read();
      if (!answer.ok) return answer.failure;
      records.select(name);
      return undefined;
    },
    async remove({ name }) {
      const chosen = await dialogs.ask({
        title: `Delete the role ${name}?`,
        message: 'Its permissions are gone with it. It is refused while somebody has the role.',
        actions: [{ id: 'delete', title: 'Delete', danger: true }],
      });
      if (chosen !== 'delete') return;
      const answer = await api.call(roleRoutes.deleteRole, { params: { name } });
      if (!answer.ok) return notifications.failure(answer.failure);
      if (records.getState().selected === name) records.select(undefined);
      await records.read();
    },
  };
}
