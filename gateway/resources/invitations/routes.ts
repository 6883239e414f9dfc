import { ok } from '@baton/engine/protocol';
import { jsonHash } from '@baton/infra/store';
import type { invitationRoutes } from '../../api/index.ts';
import type { AuditNote } from '../../audit/ports.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { InvitationService, Invited } from './service.ts';

/** @param origin of links, as browsers reach it */
export function invitationHandlers(
  invitations: InvitationService,
  origin: string,
): HandlersOf<typeof invitationRoutes> {
  /** Whoever brings a link is known by the invitation. */
  function tell(audit: AuditNote, { invitation }: Invited) {
    audit.tenantId = invitation.tenantId;
    audit.actor = { kind: 'anonymous', id: '', name: invitation.email };
    audit.resource = { kind: 'invitations', id: invitation.id };
  }
  return {
    async list({ tenantId, query }) {
      const { items, total } = await invitations.list(tenantId, query);
      return ok(listAnswer(items, total, query));
    },
    get: ({ tenantId, params }) => invitations.get(tenantId, params.id),
    async create({ tenantId, principal, body, audit }) {
      const made = await invitations.create(tenantId, principal, body);
      if (!made.ok) return made;
      const { invitation, token } = made.value;
      audit.after = jsonHash(invitation);
      return ok({ ...invitation, link: `${origin}/invitations/${token}` });
    },
    revoke: ({ tenantId, params }) => invitations.revoke(tenantId, params.id),
    async look({ body }) {
      const found = await invitations.look(body.token);
      if (!found.ok) return found;
      const { invitation, tenant } = found.value;
      return ok({
        tenant: { id: tenant.id, name: tenant.name },
        email: invitation.email,
        roles: invitation.roles,
        expiresAt: invitation.expiresAt.toISOString(),
      });
    },
    async accept({ body: { token, ...who }, audit }) {
      const found = await invitations.look(token);
      if (!found.ok) return found;
      tell(audit, found.value);
      const accepted = await invitations.accept(found.value, who);
      if (!accepted.ok) return accepted;
      const { id, name } = found.value.tenant;
      return ok({ username: who.username, tenant: { id, name } });
    },
  };
}
