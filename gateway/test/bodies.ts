import { type Table, versionedPlurals } from '../api/index.ts';

export const xml = '<definitions><process id="p" isExecutable="true"/></definitions>';
export const agent = { provider: 'mock', model: 'one', systemPrompt: 'Classify.' };
export const tool = { description: 'Looks up', input: {}, output: {}, source: 'export default 1' };
export const prompt = { text: 'Be brief.' };
export const policy = { kind: 'guardrail', checks: [{ check: 'secrets', places: ['output'] }] };
export const template = { of: 'prompt', content: prompt };
export const form = { json: '{"id":"approve","type":"default","components":[]}' };
export const decision = {
  xml: '<definitions id="d" name="d" namespace="n"><decision id="discount" name="Discount"/></definitions>',
};
export const note = { text: '# Read me\n' };
export const task = { responseSchema: { type: 'object' } };
const acceptance = { name: 'New Person', password: 'correct horse battery' };
const person = { ...acceptance, email: 'new@acme.example' };
const v1Tool = { name: 'new-v1-name', description: 'Looks up' };
const v1Agent = { name: 'new-v1-name', instructions: 'Classify.' };
const named = (content: object) => ({ name: 'new-name', content });
const mcpServer = { name: 'new-name', transport: { kind: 'http', url: 'https://mcp.example/mcp' } };
const versions = {
  restore: { version: 1 },
  setLabel: { version: 1 },
  saveDraft: { base: 1, content: {} },
  publish: {},
};

type RowsWithBody = {
  [R in keyof Table]: {
    [N in keyof Table[R]]: Table[R][N] extends { body: unknown } ? N : never;
  }[keyof Table[R]];
};

/** A body each row takes; a row with a body and without one here does not compile. */
export const bodies = {
  session: {
    login: { username: 'designer', password: 'designer' },
    renew: { refresh_token: 'unknown' },
    logout: {},
  },
  preferences: { save: { settings: { 'editor.fontSize': 14 } } },
  users: {
    create: { ...person, username: 'new-user', roles: ['viewer'] },
    update: { name: 'Renamed' },
    setRoles: { roles: ['viewer'] },
    setPassword: { password: person.password },
  },
  invitations: {
    create: { email: person.email, roles: ['viewer'] },
    look: { token: 'a'.repeat(43) },
    accept: { ...acceptance, username: 'invited', token: 'a'.repeat(43) },
  },
  registrations: {
    create: { ...person, username: 'founder', tenant: { id: 'initech', name: 'Initech' } },
  },
  workflows: {
    createWorkflow: { name: 'New', xml },
    validateWorkflow: { xml },
    updateWorkflow: { name: 'Renamed' },
    ...versions,
  },
  deployments: { createDeployment: { workflowId: 'unknown' } },
  instances: { startInstance: { bpmnProcessId: 'unknown' }, resolveIncident: {} },
  messages: { publish: { name: 'paid' } },
  feel: { evaluate: { expression: '1 + 1' } },
  decisionTrials: { evaluate: { xml: '<definitions/>', decisionId: 'refund', variables: { amount: 1 } } },
  budgets: { grantToIncident: { tokens: 1_000 }, continueAgentRun: { grant: { modelCalls: 1 } } },
  userTasks: { assignUserTask: { assignee: 'me' }, completeUserTask: {} },
  agentRuns: { run: { prompt: 'Hello' } },
  recordings: { replay: {}, fork: { from: 1 } },
  agents: { create: named(agent), update: { content: agent }, validate: { content: agent }, ...versions },
  agentRuntimes: { stop: {}, start: {}, restart: {} },
  toolCatalog: { importTools: { tools: [{}], mode: 'check' } },
  registry: {},
  tools: {
    create: named(tool),
    update: { content: tool },
    run: { input: {} },
    test: {},
    validate: { content: tool },
    setGrants: {},
    ...versions,
  },
  tasks: { create: named(task), update: { content: task }, validate: { content: task }, ...versions },
  connections: {
    create: { name: 'new-name', kind: 'postgres', url: 'postgres://app@127.0.0.1:1/shop' },
    replace: { kind: 'postgres', url: 'postgres://app@127.0.0.1:1/shop' },
    test: {},
  },
  secrets: { create: { name: 'NEW_SECRET', value: 'of nobody' }, replace: { value: 'of nobody' } },
  mcpServers: {
    create: mcpServer,
    check: mcpServer,
    completeAuthorization: { state: 'unknown', code: 'unknown' },
    replace: mcpServer,
    approve: { hash: 'unknown' },
    acceptTools: { tools: [{ tool: 'unknown', hash: 'unknown' }] },
    request: { method: 'ping' },
    setMyToken: { token: 'of nobody' },
  },
  assignments: { assign: { task: 'unknown' }, move: { version: 1 } },
  prompts: { create: named(prompt), update: { content: prompt }, ...versions },
  policies: { create: named(policy), update: { content: policy }, ...versions },
  forms: { create: named(form), update: { content: form }, ...versions },
  decisions: { create: named(decision), update: { content: decision }, ...versions },
  notes: { create: named(note), update: { content: note }, ...versions },
  documents: {
    checkFiles: { files: [{ path: 'notes/new.md', text: '# New' }] },
    importFiles: { files: [{ path: 'notes/new.md', text: '# New' }] },
  },
  renaming: { rename: { name: 'another-name' } },
  templates: { create: named(template), update: { content: template }, ...versions },
  providers: {
    create: { name: 'new-name', type: 'mock' },
    replace: { name: 'new-name', type: 'mock' },
    update: { prices: [] },
  },
  apiKeys: { create: { name: 'ci', scopes: ['tools:read'] }, rotate: {} },
  audit: {},
  v1Tools: { create: v1Tool, update: v1Tool },
  v1Agents: { create: v1Agent, update: v1Agent, run: { prompt: 'Hello' } },
  v1History: {},
  limits: { updateLimits: {} },
  grants: { setGrants: { rates: {}, quotas: {} } },
  quotas: { updateQuotas: { own: {} } },
  tenants: {
    createTenant: { id: 'initech', name: 'Initech' },
    renameTenant: { name: 'Renamed' },
    suspendTenant: {},
  },
  tenant: { renameOwnTenant: { name: 'Acme' } },
  members: { setMemberRoles: { roles: ['viewer'] } },
  roles: {
    createRole: { name: 'new-role', permissions: ['tools:read'] },
    updateRole: { permissions: ['tools:read'] },
  },
  access: {},
} satisfies { [R in keyof Table]: Record<RowsWithBody[R], object> };

/** Query parameters of rows that cannot do without. */
export const queries: { readonly [operation: string]: Record<string, string> } = {
  'access.why': { user: 'nobody', permission: 'tools:read' },
  'access.whyMe': { permission: 'tools:read' },
  'documents.search': { text: 'a' },
  ...Object.fromEntries(versionedPlurals.map((plural) => [`${plural}.diff`, { from: '1' }])),
};
