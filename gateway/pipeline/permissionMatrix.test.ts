import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Role, roles } from '../access/roles.ts';
import { type Route, type Table, table } from '../api/index.ts';
import { type ApiClient, apiClient } from '../test/apiClient.ts';
import { agent, bodies, task, tool, xml } from '../test/bodies.ts';
import { type Running, startGateway } from '../test/startGateway.ts';
import { tokenMaker } from '../test/tokens.ts';

const rows = Object.entries(table).flatMap(([resource, named]) =>
  Object.entries(named as Record<string, Route>).map(([name, row]) => ({
    name: `${row.method} ${row.path}`,
    resource: resource as keyof Table,
    row,
    ask: {
      body: (bodies[resource as keyof Table] as Record<string, object>)[name],
      headers: { 'if-match': '*' },
    },
  })),
);
const roleNames = Object.keys(roles) as Role[];

let running: Running;
let clients: Map<string, ApiClient>;
/** Ids of what acme owns, by resource. */
let owned: { [R in keyof Table]?: string } & { incident: string };

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  clients = new Map();
  for (const tenant of ['acme', 'globex']) {
    for (const role of roleNames) {
      clients.set(
        `${role}@${tenant}`,
        apiClient(running.url, await token({ sub: `${role}-${tenant}`, tenant, roles: [role] })),
      );
    }
    clients.set(
      `nobody@${tenant}`,
      apiClient(running.url, await token({ sub: `nobody-${tenant}`, tenant, roles: [] })),
    );
  }
  const admin = clients.get('admin@acme')!;
  const workflow = await admin(table.workflows.createWorkflow, { body: { name: 'Owned', xml } });
  const deployment = await admin(table.deployments.createDeployment, {
    body: { workflowId: workflow.body.id },
  });
  const run = await admin(table.instances.startInstance, { body: { bpmnProcessId: 'p' } });
  const common = {
    elementId: 'e',
    elementInstanceKey: '1',
    processInstanceKey: run.body.key,
    tenantId: 'acme',
  };
  running.engine.incidentItems.push({
    ...common,
    incidentKey: '31',
    errorType: 'UNKNOWN',
    errorMessage: '',
    jobKey: undefined,
    creationTime: '2026-01-01T00:00:00Z',
    state: 'ACTIVE',
  });
  running.engine.userTaskItems.push({
    ...common,
    userTaskKey: '50',
    name: 'Task',
    processDefinitionKey: '1',
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
  const guest = await admin(table.users.create, { body: { ...bodies.users.create, username: 'guest' } });
  const invitation = await admin(table.invitations.create, {
    body: { email: 'guest@acme.example', roles: ['viewer'] },
  });
  owned = {
    users: guest.body.id,
    invitations: invitation.body.id,
    workflows: workflow.body.id,
    deployments: deployment.body.processes[0]!.processDefinitionKey,
    instances: run.body.key,
    incident: '31',
    userTasks: '50',
    agents: (await admin(table.agents.create, { body: { name: 'owned', content: agent } })).body.id,
    tools: (await admin(table.tools.create, { body: { name: 'owned', content: tool } })).body.id,
    tasks: (await admin(table.tasks.create, { body: { name: 'owned', content: task } })).body.id,
    v1Tools: (await admin(table.tools.create, { body: { name: 'owned-v1', content: tool } })).body.id,
    v1Agents: (await admin(table.agents.create, { body: { name: 'owned-v1', content: agent } })).body.id,
  };
});
afterAll(() => running.stop());

const missing = { id: 'missing', key: '404' };

describe.each(rows)('$name', ({ resource, row, ask }) => {
  it('is for the roles that hold its permission, and nobody else', async () => {
    const { permission } = row;
    const expected = Object.fromEntries(
      [...roleNames, 'nobody' as const].map((role) => [
        role,
        permission === 'public' ||
          permission === 'signedIn' ||
          (role !== 'nobody' && (roles[role] as readonly string[]).includes(permission)),
      ]),
    );
    const allowed: Record<string, boolean> = {};
    for (const role of [...roleNames, 'nobody']) {
      const { status, error } = await clients.get(`${role}@acme`)!(row, { ...ask, params: missing });
      if (status >= 500 || status === 401) throw new Error(`${role}: ${JSON.stringify(error)}`);
      allowed[role] = status !== 403;
    }
    expect(allowed).toEqual(expected);
  });

  it('asks a stranger to sign in', async () => {
    const { status } = await apiClient(running.url, undefined)(row, { ...ask, params: missing });
    expect(status === 401).toBe(row.permission !== 'public');
  });

  it('knows nothing of another tenant', async () => {
    const key = row.path.startsWith('/incidents') ? owned.incident : owned[resource];
    const foreign = await clients.get('admin@globex')!(row, {
      ...ask,
      params: key ? { id: key, key } : missing,
      // What globex may create for itself is no matter of acme.
      ...(row.params === undefined && row.method === 'POST' ? { body: {} } : {}),
    });
    // Programs are told what is not theirs apart from what is not there.
    if (key && row.params && row.path.startsWith('/v1/'))
      expect([foreign.status, foreign.error.error_code]).toEqual([403, 'FOREIGN_RESOURCE']);
    else if (row.params) expect([foreign.status, foreign.error.error_code]).toEqual([404, 'NOT_FOUND']);
    // Every tenant has people, and an audit of its own, of these very questions.
    else if (resource === 'audit' || (resource === 'users' && row.query))
      expect(JSON.stringify(foreign.body)).not.toContain('acme');
    else if (row.query) expect(foreign.body).toMatchObject({ items: [], total: 0 });
  });
});
