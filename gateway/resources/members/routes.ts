import { ok } from '@baton/engine/protocol';
import type { Member } from '@baton/infra/store';
import type { MemberView, memberRoutes } from '../../api/index.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { MemberService } from './service.ts';

export function memberHandlers(members: MemberService): HandlersOf<typeof memberRoutes> {
  return {
    async listMembers({ tenantId, query: { role, ...page } }) {
      const { items, total } = await members.list(tenantId, role === undefined ? {} : { role }, page);
      return ok(listAnswer(items.map(view), total, page));
    },
    async getMember({ tenantId, params }) {
      const found = await members.get(tenantId, params.id);
      return found.ok ? ok(view(found.value)) : found;
    },
    async setMemberRoles({ principal, params, body }) {
      const changed = await members.setRoles(principal, params.id, body.roles);
      return changed.ok ? ok(view(changed.value)) : changed;
    },
    removeMember: ({ principal, params }) => members.remove(principal, params.id),
  };
}

const view = ({ userId, username, name, roles, changedAt, changedBy }: Member): MemberView => ({
  id: userId,
  username,
  name,
  roles,
  ...(changedAt.getTime() > 0 && { changedAt: changedAt.toISOString(), changedBy }),
});
