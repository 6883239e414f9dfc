import { type Role, roles } from '../access/roles.ts';
import { type Permission, type Route, rateNames, type Table, table } from '../api/index.ts';
import { type ApiClient, type Ask, apiClient } from './apiClient.ts';
import { agent, bodies, queries, task, tool, xml } from './bodies.ts';
import type { Running } from './startGateway.ts';
import { tokenMaker } from './tokens.ts';

export const tenantIds = ['acme', 'globex'] as const;
export type TenantId = (typeof tenantIds)[number];

/** What a role of the tenant's own permits. */
export const ownRole: readonly Permission[] = ['instances:read', 'tools:read', 'tools:run', 'roles:read'];
/** What a key may do. */
export const keyScopes: readonly Permission[] = ['workflows:read', 'workflows:write', 'apiKeys:read'];

/** Everybody who asks: each built-in role, the tenant's own role, nobody in particular, a key. */
export const askers = [...(Object.keys(roles) as Role[]), 'own', 'nobody', 'key'] as const;
export type Asker = (typeof askers)[number];

export interface TwoTenants {
  ask(tenant: TenantId, asker: Asker): ApiClient;
  /** Those who run the installation. */
  platform: ApiClient;
  /** Path parameters that name what a tenant owns, for a row of a resource. */
  paramsOf(tenant: TenantId, resource: keyof Table, row: Route): Record<string, string> | undefined;
  /** Texts that only this tenant has: ids and names of what it owns. */
  marksOf(tenant: TenantId): readonly string[];
}

/** Rates nobody reaches. */
export const unlimited = Object.fromEntries(rateNames.map((name) => [name, 1_000_000]));

/** A row of the table with a request that its schemas take. */
export interface Asked {
  name: string;
  resource: keyof Table;
  operation: string;
  row: Route;
  ask: Ask;
}

export const rows: readonly Asked[] = Object.entries(table).flatMap(([resource, named]) =>
  Object.entries(named as Record<string, Route>).map(([name, row]) => ({
    name: `${row.method} ${row.path}`,
    resource: resource as keyof Table,
    operation: `${resource}.${name}`,
    row,
    ask: {
      body: (bodies[resource as keyof Table] as Record<string, object>)[name],
      query: queries[`${resource}.${name}`] ?? {},
      headers: { 'if-match': '*' },
    },
  })),
);

/** Two tenants with one of everything each. */
export async function twoTenants({ url, gateway, store, engine }: Running): Promise<TwoTenants> {
  const token = await tokenMaker(store, gateway.issuer);
  const clients = new Map<string, ApiClient>();
  const owned = new Map<TenantId, Partial<Record<keyof Table | 'incidents', string>>>();
  const marks = new Map<TenantId, string[]>();
  const signedIn = async (tenant: string, name: string, held: Role[]) =>
    apiClient(
      url,
      await token({
        sub: `${name}-${tenant}`,
        tenant,
        roles: held,
        preferred_username: `${name}.${tenant}`,
        name: `${name} of ${tenant}`,
      }),
    );

  for (const [index, tenant] of tenantIds.entries()) {
    for (const role of Object.keys(roles) as Role[]) {
      clients.set(`${role}@${tenant}`, await signedIn(tenant, role, [role]));
    }
    clients.set(`nobody@${tenant}`, await signedIn(tenant, 'nobody', []));
    clients.set(`own@${tenant}`, await signedIn(tenant, 'own', []));

    const admin = clients.get(`admin@${tenant}`)!;
    const made = <T>({ status, body, error }: { status: number; body: T; error: unknown }): T => {
      if (status >= 300) throw new Error(JSON.stringify(error));
      return body;
    };
    const named = (content: object) => ({ body: { name: `${tenant}-owned`, content } });
    const forPrograms = (content: object) => ({ body: { name: `${tenant}-owned-v1`, content } });
    const workflow = made(
      await admin(table.workflows.createWorkflow, { body: { name: `Workflow of ${tenant}`, xml } }),
    );
    const deployment = made(
      await admin(table.deployments.createDeployment, { body: { workflowId: workflow.id } }),
    );
    const run = made(await admin(table.instances.startInstance, { body: { bpmnProcessId: 'p' } }));
    const role = made(
      await admin(table.roles.createRole, { body: { name: `${tenant}-role`, permissions: ownRole } }),
    );
    // Whoever asked once is known as a member.
    await clients.get(`own@${tenant}`)!(table.session.me);
    await clients.get(`nobody@${tenant}`)!(table.session.me);
    const member = `own-${tenant}`;
    made(await admin(table.members.setMemberRoles, { params: { id: member }, body: { roles: [role.name] } }));
    const key = made(
      await admin(table.apiKeys.create, { body: { name: `${tenant}-key`, scopes: keyScopes } }),
    );
    clients.set(`key@${tenant}`, apiClient(url, undefined, { 'x-api-key': key.key }));

    const guest = { ...bodies.users.create, username: `guest-${tenant}`, email: `guest@${tenant}.example` };
    const user = made(await admin(table.users.create, { body: guest }));
    const invitation = made(
      await admin(table.invitations.create, {
        body: { email: `invited@${tenant}.example`, roles: ['viewer'] },
      }),
    );

    const common = {
      elementId: `element-${tenant}`,
      elementInstanceKey: `${index + 1}1`,
      processInstanceKey: run.key,
      tenantId: tenant,
    };
    const [incident, userTask] = [`77700${index}31`, `77700${index}50`];
    engine.incidentItems.push({
      ...common,
      incidentKey: incident,
      errorType: 'UNKNOWN',
      errorMessage: `incident of ${tenant}`,
      jobKey: undefined,
      creationTime: '2026-01-01T00:00:00Z',
      state: 'ACTIVE',
    });
    engine.userTaskItems.push({
      ...common,
      userTaskKey: userTask,
      name: `Task of ${tenant}`,
      processDefinitionKey: deployment.processes[0]!.processDefinitionKey,
      processDefinitionId: 'p',
      processName: 'p',
      state: 'CREATED',
      assignee: '',
      candidateGroups: [],
      priority: 50,
      dueDate: '',
      creationDate: '2026-01-01T00:00:00Z',
      completionDate: undefined,
    });
    const ids = {
      workflows: workflow.id,
      deployments: deployment.processes[0]!.processDefinitionKey,
      instances: run.key,
      incidents: incident,
      userTasks: userTask,
      agents: made(await admin(table.agents.create, named(agent))).id,
      tools: made(await admin(table.tools.create, named(tool))).id,
      tasks: made(await admin(table.tasks.create, named(task))).id,
      secrets: made(
        await admin(table.secrets.create, { body: { name: `SECRET_OF_${tenant}`, value: 'kept secret' } }),
      ).name,
      connections: made(
        await admin(table.connections.create, {
          body: {
            name: `connection-of-${tenant}`,
            kind: 'postgres',
            url: 'postgres://app@127.0.0.1:1/shop',
            password: 'kept secret',
          },
        }),
      ).name,
      mcpServers: made(
        await admin(table.mcpServers.create, {
          body: { name: `server-of-${tenant}`, transport: { kind: 'http', url: 'http://127.0.0.1:1/mcp' } },
        }),
      ).id,
      providers: made(
        await admin(table.providers.create, { body: { name: `provider of ${tenant}`, type: 'mock' } }),
      ).id,
      v1Tools: made(await admin(table.tools.create, forPrograms(tool))).id,
      v1Agents: made(await admin(table.agents.create, forPrograms(agent))).id,
      apiKeys: key.id,
      members: member,
      users: user.id,
      invitations: invitation.id,
      roles: role.name,
      tenants: tenant,
    };
    made(await admin(table.assignments.assign, { params: { id: ids.agents }, body: { task: ids.tasks } }));
    owned.set(tenant, ids);
    const { tenants: _, ...unique } = ids;
    marks.set(tenant, [...Object.values(unique), deployment.key, guest.username, guest.email]);
  }

  return {
    ask: (tenant, asker) => clients.get(`${asker}@${tenant}`)!,
    platform: await signedIn('platform', 'platform', ['platform']),
    paramsOf(tenant, resource, row) {
      const of = row.path.startsWith('/incidents') ? 'incidents' : resource;
      const ids = owned.get(tenant);
      // An assignment is named by its agent and its task.
      const id =
        ids?.[
          of === 'assignments' || of === 'agentRuntimes'
            ? row.path.startsWith('/tasks')
              ? 'tasks'
              : 'agents'
            : of === 'renaming'
              ? 'prompts'
              : of
        ];
      return id === undefined
        ? undefined
        : { id, key: id, name: id, taskId: ids?.tasks ?? '', label: 'production', kind: 'prompt' };
    },
    marksOf: (tenant) => marks.get(tenant)!,
  };
}
