import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { TenantStore } from '@baton/infra/store';
import { platformTenant } from '../../access/roles.ts';
import { passwordProblem } from '../../auth/passwordRule.ts';
import type { Quotas } from '../../quotas/ports.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import type { UserService } from '../users/service.ts';

export interface Registration {
  tenant: { id: string; name: string };
  username: string;
  name: string;
  email: string;
  password: string;
}

export interface RegistrationService {
  /** A new tenant with its owner, or neither. */
  register(asked: Registration): Promise<Result<void, Refusal>>;
}

export interface RegistrationServiceOptions {
  /** Whether strangers may. */
  open: boolean;
  tenants: TenantStore;
  users: UserService;
  quotas: Quotas;
  notices: Notices;
  /** epoch ms. */
  now(): number;
}

export function createRegistrationService(options: RegistrationServiceOptions): RegistrationService {
  const { open, tenants, users, quotas, notices, now } = options;
  const taken = (id: string) =>
    refuse('ALREADY_EXISTS', `Expected a tenant’s id that is free, but '${id}' is taken`);

  return {
    async register({ tenant: { id, name }, ...person }) {
      if (!open) {
        return refuse(
          'REGISTRATION_CLOSED',
          'Expected an installation that takes registrations, but this one does not; ask for an invitation',
        );
      }
      if (id === platformTenant) return taken(id);
      const problem = passwordProblem(person.password, person);
      if (problem) {
        return refuse('VALIDATION_FAILED', problem, {
          issues: [{ path: ['body', 'password'], message: problem }],
        });
      }
      const made = await tenants.create({ id, name, at: new Date(now()) });
      if (!made.ok) return taken(id);
      await notices.publish({ kind: 'tenant', tenantId: id });
      const owner = await users.admit(id, person.username, { ...person, roles: ['owner'] });
      if (owner.ok) {
        await quotas.count(id, { users: 1 });
        return ok();
      }
      await tenants.delete(id);
      await notices.publish({ kind: 'tenant', tenantId: id });
      return owner;
    },
  };
}
