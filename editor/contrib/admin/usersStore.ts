import { ok } from '@baton/engine/protocol';
import {
  type InvitationView,
  invitationRoutes,
  memberRoutes,
  type UserView,
  userRoutes,
} from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { ResponseOf } from '../../platform/api.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { createRecords, type Records } from './liveRecords.ts';
import type { NewUserDraft, UserDraft } from './userDraft.ts';

/** An invitation as it was made, with its link: shown this once. */
export type MadeInvitation = ResponseOf<typeof invitationRoutes.create>;

export interface Proposal {
  id: string;
  roles: readonly string[];
}

export interface Users extends Records<UserView> {
  readonly invitations: Records<InvitationView>;
  /** People are managed here; otherwise only their roles are, and the rest where they sign in. */
  readonly managed: Readable<boolean>;
  /** The link that was just made; nobody sees it again. */
  readonly made: Readable<MadeInvitation | undefined>;
  forgetMade(): void;
  /** Roles that are proposed for somebody, shown in their form until it is saved or left. */
  readonly proposed: Readable<Proposal | undefined>;
  preview(id: string, roles: readonly string[]): void;
  invite(draft: NewUserDraft): Promise<Failure | undefined>;
  create(draft: NewUserDraft): Promise<Failure | undefined>;
  save(user: UserView, draft: UserDraft): Promise<Failure | undefined>;
  setEnabled(user: UserView, enabled: boolean): Promise<void>;
  setPassword(user: UserView, password: string): Promise<Failure | undefined>;
  /** Asks first. */
  remove(user: UserView): Promise<void>;
  /** Asks first. */
  revoke(invitation: InvitationView): Promise<void>;
}

/** People of the tenant and those on their way to it. */
export function createUsers(platform: Platform): Users {
  const { api, dialogs, notifications } = platform;
  const managed = createStore<{ is: boolean }>(() => ({ is: true }));
  const made = createStore<{ last: MadeInvitation | undefined }>(() => ({ last: undefined }));

  const proposed = createStore<{ is: Proposal | undefined }>(() => ({ is: undefined }));

  const records = createRecords<UserView>(platform, ['users'], async () => {
    const answer = await everyPage((query) => api.call(userRoutes.list, { query }));
    managed.setState({ is: answer.ok || answer.failure.code !== 'ISSUER_UNAVAILABLE' });
    if (answer.ok || answer.failure.code !== 'ISSUER_UNAVAILABLE') return answer;
    const members = await everyPage((query) => api.call(memberRoutes.listMembers, { query }));
    if (!members.ok) return members;
    return ok(members.value.map((member) => ({ ...member, email: '', enabled: true })));
  });
  const invitations = createRecords<InvitationView>(platform, ['users'], () =>
    everyPage((query) => api.call(invitationRoutes.list, { query })),
  );

  return {
    ...records,
    invitations,
    select(id) {
      proposed.setState({ is: undefined });
      records.select(id);
    },
    managed: { getState: () => managed.getState().is, subscribe: managed.subscribe },
    made: { getState: () => made.getState().last, subscribe: made.subscribe },
    proposed: { getState: () => proposed.getState().is, subscribe: proposed.subscribe },
    preview(id, roles) {
      proposed.setState({ is: { id, roles } });
      records.select(id);
    },
    forgetMade: () => made.setState({ last: undefined }),
    async invite({ email, roles, hours }) {
      const answer = await api.call(invitationRoutes.create, { body: { email, roles: [...roles], hours } });
      if (!answer.ok) return answer.failure;
      made.setState({ last: answer.value });
      await invitations.read();
      return undefined;
    },
    async create({ username, name, email, password, roles }) {
      const body = { username, name, email, password, roles: [...roles] };
      const answer = await api.call(userRoutes.create, { body });
      if (!answer.ok) return answer.failure;
      await records.read();
      records.select(answer.value.id);
      notifications.success(`${name} can sign in as ${username} now.`);
      return undefined;
    },
    async save(user, { name, email, roles }) {
      const params = { id: user.id };
      if (name !== user.name || email !== user.email) {
        const changed = await api.call(userRoutes.update, { params, body: { name, email } });
        if (!changed.ok) return changed.failure;
      }
      if (!sameRoles(roles, user.roles)) {
        const changed = managed.getState().is
          ? await api.call(userRoutes.setRoles, { params, body: { roles: [...roles] } })
          : await api.call(memberRoutes.setMemberRoles, { params, body: { roles: [...roles] } });
        if (!changed.ok) {
          await records.read();
          return changed.failure;
        }
      }
      await records.read();
      return undefined;
    },
    async setEnabled(user, enabled) {
      const answer = await api.call(userRoutes.update, { params: { id: user.id }, body: { enabled } });
      if (!answer.ok) return notifications.failure(answer.failure);
      await records.read();
      const undo = { title: 'Undo', run: () => void this.setEnabled(user, !enabled) };
      notifications.success(
        enabled ? `${user.name} can sign in again.` : `${user.name} is out at once and cannot sign in.`,
        [undo],
      );
    },
    async setPassword({ id, name }, password) {
      const answer = await api.call(userRoutes.setPassword, { params: { id }, body: { password } });
      if (!answer.ok) return answer.failure;
      notifications.success(`${name} has a new password; every session with the old one has ended.`);
      return undefined;
    },
    async remove(user) {
      const chosen = await dialogs.ask({
        title: `Remove ${user.name}?`,
        message: `All access of ${user.username} ends at once and cannot be given back, only anew. What they made stays, as do API keys they made.`,
        actions: [{ id: 'remove', title: 'Remove', danger: true }],
      });
      if (chosen !== 'remove') return;
      const params = { id: user.id };
      const answer = managed.getState().is
        ? await api.call(userRoutes.delete, { params })
        : await api.call(memberRoutes.removeMember, { params });
      if (!answer.ok) return notifications.failure(answer.failure);
      if (records.getState().selected === user.id) records.select(undefined);
      await records.read();
    },
    async revoke({ id, email }) {
      const chosen = await dialogs.ask({
        title: `Take the invitation of ${email} back?`,
        message: 'Its link is worth nothing from then on.',
        actions: [{ id: 'revoke', title: 'Take back', danger: true }],
      });
      if (chosen !== 'revoke') return;
      const answer = await api.call(invitationRoutes.revoke, { params: { id } });
      if (!answer.ok) notifications.failure(answer.failure);
      await invitations.read();
    },
    dispose() {
      records.dispose();
      invitations.dispose();
    },
  };
}

const sameRoles = (one: readonly string[], other: readonly string[]) =>
  [...one].sort().join() === [...other].sort().join();
