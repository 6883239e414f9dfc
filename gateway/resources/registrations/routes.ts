import { ok } from '@baton/engine/protocol';
import type { registrationRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import type { RegistrationService } from './service.ts';

export function registrationHandlers(
  registrations: RegistrationService,
): HandlersOf<typeof registrationRoutes> {
  return {
    async create({ body, audit }) {
      audit.actor = { kind: 'anonymous', id: '', name: body.username };
      audit.resource = { kind: 'tenants', id: body.tenant.id };
      const made = await registrations.register(body);
      if (!made.ok) return made;
      audit.tenantId = body.tenant.id;
      return ok({ username: body.username, tenant: body.tenant });
    },
  };
}
