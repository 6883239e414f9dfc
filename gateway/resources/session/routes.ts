import { ok } from '@baton/engine/protocol';
import { jsonHash, type TenantStore } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import type { Configuration, sessionRoutes } from '../../api/index.ts';
import { actorOf } from '../../audit/names.ts';
import type { AuditNote } from '../../audit/ports.ts';
import type { HandlersOf } from '../handler.ts';
import type { LoggedIn, LoginService } from './login.ts';

export interface SessionOptions {
  configuration: Configuration;
  tenants: TenantStore;
  access: Access;
  login: LoginService;
}

export function sessionHandlers({
  configuration,
  tenants,
  access,
  login: logins,
}: SessionOptions): HandlersOf<typeof sessionRoutes> {
  /** The audit says who signed in, and nothing of the tokens. */
  function shown({ tokens, principal }: LoggedIn, audit: AuditNote) {
    audit.tenantId = principal.tenantId;
    audit.actor = actorOf(principal);
    audit.after = jsonHash({ userId: principal.userId });
    return ok({
      access_token: tokens.accessToken,
      refresh_token: tokens.refreshToken,
      token_type: 'Bearer' as const,
      expires_in: tokens.expiresIn,
    });
  }

  return {
    configuration: async () => ok(configuration),
    async me({ principal, tenantId }) {
      const { userId: id, username, name, roles } = principal;
      const tenant = await tenants.get(tenantId);
      return ok({
        user: { id, username, name, initials: initialsOf(name) },
        tenant: { id: tenantId, name: tenant?.name ?? tenantId },
        roles: [...roles],
        permissions: await access.permissionsOf(tenantId, principal),
      });
    },
    async login({ body: { username, password }, audit }) {
      audit.actor = { kind: 'anonymous', id: '', name: username };
      audit.resource = { kind: 'session', id: username };
      const done = await logins.login(username, password);
      return done.ok ? shown(done.value, audit) : done;
    },
    async renew({ body, audit }) {
      const done = await logins.renew(body.refresh_token);
      return done.ok ? shown(done.value, audit) : done;
    },
    async logout({ principal, body, audit }) {
      audit.resource = { kind: 'session', id: principal.username };
      return logins.logout(principal, body.everywhere);
    },
  };
}

function initialsOf(name: string): string {
  const words = name.split(/[\s@._-]+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word!][0]!.toUpperCase()).join('');
}
