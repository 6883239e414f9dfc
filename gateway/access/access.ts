import { newEnforcer, newModelFromString } from 'casbin';
import { type Permission, permissions } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import { roles } from './roles.ts';

/** RBAC with domains: the domain is the tenant, `*` a policy for all of them. */
const model = `
[request_definition]
r = sub, dom, obj, act
[policy_definition]
p = sub, dom, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && (p.dom == "*" || r.dom == p.dom) && r.obj == p.obj && r.act == p.act
`;

/** What of a principal decides. */
export type Holder = Pick<Principal, 'roles' | 'scopes'>;

export interface Access {
  allows(tenantId: string, principal: Holder, permission: Permission): Promise<boolean>;
  permissionsOf(tenantId: string, principal: Holder): Promise<Permission[]>;
}

/** Decisions are kept: asking Casbin takes milliseconds, the map less than one microsecond. */
const decisionLimit = 50_000;

export async function createAccess(): Promise<Access> {
  const enforcer = await newEnforcer(newModelFromString(model));
  await enforcer.addPolicies(
    Object.entries(roles).flatMap(([role, granted]) =>
      granted.map((permission) => [role, '*', ...permission.split(':')]),
    ),
  );
  const decisions = new Map<string, boolean>();

  async function decide(tenantId: string, role: string, permission: Permission): Promise<boolean> {
    const question = `${tenantId}\n${role}\n${permission}`;
    const known = decisions.get(question);
    if (known !== undefined) return known;
    const [object, action] = permission.split(':');
    const decision = await enforcer.enforce(role, tenantId, object, action);
    if (decisions.size >= decisionLimit) decisions.clear();
    decisions.set(question, decision);
    return decision;
  }

  async function allows(
    tenantId: string,
    { roles: held, scopes }: Holder,
    permission: Permission,
  ): Promise<boolean> {
    if (scopes) return scopes.includes(permission);
    for (const role of held) if (await decide(tenantId, role, permission)) return true;
    return false;
  }

  return {
    allows,
    async permissionsOf(tenantId, principal) {
      const allowed: Permission[] = [];
      for (const permission of permissions) {
        if (await allows(tenantId, principal, permission)) allowed.push(permission);
      }
      return allowed;
    },
  };
}
