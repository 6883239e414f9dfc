import type { CustomRole } from '@baton/infra/store';
import { type Enforcer, newEnforcer, newModelFromString } from 'casbin';
import { type Permission, permissions } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import { remembered } from './remembered.ts';
import { domainOf, isRole, platformTenant, type Role, roles } from './roles.ts';
import { linesOf, storedPolicy } from './storedPolicy.ts';
import { anyTool, covers, isToolName, toolObject, toolOf } from './toolPatterns.ts';

/** RBAC with domains: the domain is the tenant, `*` a policy for all of them. */
const model = `
[request_definition]
r = sub, dom, obj, act
[policy_definition]
p = sub, dom, obj, act
[policy_effect]
e = some(where (p.eft == allow))
[matchers]
m = r.sub == p.sub && (p.dom == "*" || r.dom == p.dom) && r.act == p.act && (r.obj == p.obj || r.act == "call" && keyMatch(r.obj, p.obj))
`;

/** What of a principal decides. */
export type Holder = Pick<Principal, 'roles' | 'scopes' | 'tools'>;

/** What one role says to a permission: the line of the policy that grants it, if one does. */
export interface RoleDecision {
  role: string;
  kind: 'builtIn' | 'custom' | 'unknown';
  /** `role, domain, resource, action`. */
  line?: readonly string[];
}

export interface Access {
  allows(tenantId: string, holder: Holder, permission: Permission): Promise<boolean>;
  /** Whether the tool of this name may be seen and called: `tools:run`, and a line of the same role for the tool. */
  mayCall(tenantId: string, holder: Holder, tool: string): Promise<boolean>;
  /** Which tools may be called, as patterns; see `toolPattern`. */
  toolsOf(tenantId: string, holder: Holder): Promise<readonly string[]>;
  permissionsOf(tenantId: string, holder: Holder): Promise<Permission[]>;
  /** What each role says, in the order held. */
  decisionsOf(tenantId: string, held: readonly string[], permission: Permission): Promise<RoleDecision[]>;
  /** The tenant's own roles changed; without a tenant, perhaps anybody's. */
  forget(tenantId?: string): void;
}

export interface AccessOptions {
  /** A role of the tenant's own, from the store. */
  roleOf(tenantId: string, name: string): Promise<CustomRole | undefined>;
  /** epoch ms. */
  now(): number;
}

/**
 * Casbin with the policy of the built-in roles, or of one role of a tenant's own: it looks at every line it has, so it gets no
 * more of them than the question needs. Decisions are kept with it.
 */
interface Policy {
  enforcer: Enforcer;
  /** Whether it knows a role of that name. */
  has(role: string): boolean;
  /** Asking Casbin takes milliseconds, this map less than one microsecond. `false`: no line grants it. */
  decisions: Map<string, Promise<readonly string[] | false>>;
}

/** Decisions kept of one policy: as many as there are tools that are asked for, within reason. */
const mostDecisions = 20_000;

export async function createAccess({ roleOf, now }: AccessOptions): Promise<Access> {
  const builtIn: Policy = {
    enforcer: await newEnforcer(newModelFromString(model)),
    has: isRole,
    decisions: new Map(),
  };
  await builtIn.enforcer.addPolicies(
    (Object.keys(roles) as Role[]).flatMap((role) => linesOf(role, domainOf(role), roles[role], anyTool)),
  );

  const tenants = remembered({
    now,
    async load(tenantId, name): Promise<Policy> {
      const own = await roleOf(tenantId, name);
      const enforcer = await newEnforcer(newModelFromString(model));
      enforcer.setAdapter(storedPolicy(async () => own));
      await enforcer.loadFilteredPolicy({ tenantId, role: name });
      return { enforcer, has: (role) => role === own?.name, decisions: new Map() };
    },
  });

  /** A role of the tenant's own is never taken for a built-in one: their names are refused. */
  const policyOf = (tenantId: string, role: string): Policy | Promise<Policy> =>
    isRole(role) ? builtIn : tenants.get(tenantId, role);

  async function decide(policy: Policy, tenantId: string, role: string, permission: string) {
    // Built-in roles mean the same in every tenant but the platform's: one decision serves them all.
    const domain = policy === builtIn && tenantId !== platformTenant ? '*' : tenantId;
    const question = `${domain}\n${role}\n${permission}`;
    if (!policy.has(role)) return false;
    const known = policy.decisions.get(question);
    if (known !== undefined) return known;
    const [object, action] = permission.split(':');
    if (policy.decisions.size >= mostDecisions) policy.decisions.clear();
    const decision = policy.enforcer
      .enforceEx(role, domain, object, action)
      .then(([allowed, line]) => allowed && line);
    policy.decisions.set(question, decision);
    decision.catch(() => policy.decisions.delete(question));
    return decision;
  }

  async function allows(tenantId: string, { roles: held, scopes }: Holder, permission: Permission) {
    if (scopes) return scopes.includes(permission);
    for (const role of held) {
      if (await decide(await policyOf(tenantId, role), tenantId, role, permission)) return true;
    }
    return false;
  }

  return {
    allows,
    async mayCall(tenantId, { roles: held, scopes, tools = anyTool }, tool) {
      if (!isToolName(tool)) return false;
      if (scopes) return scopes.includes('tools:run') && tools.some((pattern) => covers(pattern, tool));
      for (const role of held) {
        if (await decide(await policyOf(tenantId, role), tenantId, role, `${toolObject(tool)}:call`))
          return true;
      }
      return false;
    },
    async toolsOf(tenantId, { roles: held, scopes, tools = anyTool }) {
      if (scopes) return scopes.includes('tools:run') ? tools : [];
      const found: string[] = [];
      for (const role of held) {
        const policy = await policyOf(tenantId, role);
        if (!policy.has(role)) continue;
        const lines = await policy.enforcer.getFilteredPolicy(0, role);
        found.push(
          ...lines.flatMap(([, , object = '', action]) => (action === 'call' ? [toolOf(object)] : [])),
        );
      }
      return [...new Set(found)];
    },
    async permissionsOf(tenantId, holder) {
      const allowed: Permission[] = [];
      for (const permission of permissions) {
        if (await allows(tenantId, holder, permission)) allowed.push(permission);
      }
      return allowed;
    },
    async decisionsOf(tenantId, held, permission) {
      const found: RoleDecision[] = [];
      for (const role of held) {
        const policy = await policyOf(tenantId, role);
        const line = await decide(policy, tenantId, role, permission);
        const kind = isRole(role) ? 'builtIn' : policy.has(role) ? 'custom' : 'unknown';
        found.push({ role, kind, ...(line && { line }) });
      }
      return found;
    },
    forget(tenantId) {
      if (tenantId === undefined) tenants.forgetAll();
      else tenants.forget(tenantId);
    },
  };
}
