import { failed, ok, type Result } from '@baton/engine/protocol';
import {
  type Api,
  type ApiFailure,
  documentKinds,
  everyPage,
  type Permission,
  type Route,
  table,
} from '@baton/gateway/api';
import type { Output } from './command.ts';
import type { Column } from './tell.ts';

type Row = { readonly [field: string]: unknown };
type Page = { limit: number; offset: number };
type ListOf<T> = Page & { items: T[]; total: number; has_more: boolean };
/** How a list is narrowed, by the names of the row's query. */
export type Filters = { readonly [name: string]: string };

/** Something a tenant has: what `list` and `get` show of it. */
export interface Kind {
  /** As it is asked for: `agents`, `api-keys`. */
  name: string;
  singular: string;
  about: string;
  permission: Permission;
  list(api: Api, page: Page, filters: Filters): Promise<Result<ListOf<Row>, ApiFailure>>;
  /** One by what `idOf` says; without it, what the list tells is all there is. */
  get?(api: Api, id: string): Promise<Result<Row, ApiFailure>>;
  /** Names of its filters: `list <kind> --where state=ACTIVE`. */
  filters: readonly string[];
  idOf(row: Row): string;
  /** What a person calls it. */
  nameOf(row: Row): string;
  columns: readonly Column<Row>[];
  /** Kind of its documents in the editor; without it, it has none. */
  document?: string;
}

const text = (value: unknown): string =>
  value === undefined || value === null
    ? ''
    : Array.isArray(value)
      ? value.map(text).join(', ')
      : String(value);
const at = (row: Row, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => (value as Row | undefined | null)?.[name], row);
const column = (title: string, path: string): Column<Row> => ({ title, of: (row) => text(at(row, path)) });
const number = (title: string, path: string): Column<Row> => ({ ...column(title, path), right: true });
const minute = (title: string, path: string): Column<Row> => ({
  title,
  of: (row, { person }) => {
    const when = text(at(row, path));
    return person ? when.replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, '') : when;
  },
});
const named = (document: string | undefined, id: string, title = 'NAME', path = 'name'): Column<Row> => ({
  title,
  of: (row, { paint }) => {
    const name = text(at(row, path));
    return document ? paint.link(name, `#/${document}/${encodeURIComponent(text(row[id]))}`) : name;
  },
});
const states: { [state: string]: keyof Pick<Output['paint'], 'good' | 'bad' | 'warn' | 'faint'> } = {
  COMPLETED: 'good',
  completed: 'good',
  connected: 'good',
  ready: 'good',
  failed: 'bad',
  error: 'bad',
  denied: 'bad',
  TERMINATED: 'faint',
  CANCELED: 'faint',
  cancelled: 'faint',
  CREATED: 'warn',
};
const state = (title: string, path: string): Column<Row> => ({
  title,
  of: (row, { paint }) => {
    const value = text(at(row, path));
    const painted = states[value];
    return painted ? paint[painted](value) : value;
  },
});
const saved = [number('VERSION', 'version'), minute('UPDATED', 'updatedAt'), column('BY', 'updatedBy')];

interface Rows {
  list: Route;
  get?: Route;
}
interface Told {
  singular: string;
  about: string;
  columns: readonly Column<Row>[];
  filters?: readonly string[];
  document?: string;
  /** Field of its id, and of its name. */
  id?: string;
  called?: string;
  /** The list has no pages. */
  whole?: true;
}

function kind(name: string, rows: Rows, told: Told): Kind {
  const { id = 'id', called = 'name', filters = [], whole, columns, ...rest } = told;
  const { get } = rows;
  const param = get && /:(\w+)$/.exec(get.path)?.[1];
  return {
    name,
    ...rest,
    filters,
    columns,
    permission: rows.list.permission as Permission,
    async list(api, page, filter) {
      const answer = await api.call(rows.list, { query: whole ? filter : { ...filter, ...page } } as never);
      if (!answer.ok) return answer;
      const found = answer.value as unknown as Partial<ListOf<Row>> & { items: Row[] };
      const items = whole ? found.items.slice(page.offset, page.offset + page.limit) : found.items;
      const total = found.total ?? found.items.length;
      return ok({ ...page, items, total, has_more: page.offset + items.length < total });
    },
    ...(get &&
      param && {
        get: (api: Api, of: string) =>
          api.call(get, { params: { [param]: of } } as never) as Promise<Result<never, ApiFailure>>,
      }),
    idOf: (row) => text(row[id]),
    nameOf: (row) => text(row[called]),
  };
}

const versioned = (document: string, about: string, more: readonly Column<Row>[] = []): Told => ({
  singular: document,
  about,
  document,
  columns: [named(document, 'id'), ...more, ...saved],
});

/** Everything that can be listed, by its name. */
export const kinds: readonly Kind[] = [
  kind(
    'workflows',
    { list: table.workflows.listWorkflows, get: table.workflows.getWorkflow },
    versioned('workflow', 'Saved workflows', [
      column('PROCESS', 'bpmnProcessId'),
      number('DEPLOYED', 'deployed.version'),
    ]),
  ),
  kind(
    'agents',
    table.agents,
    versioned('agent', 'Agents', [column('PROVIDER', 'content.provider'), column('MODEL', 'content.model')]),
  ),
  kind('tools', table.tools, versioned('tool', 'Tools the tenant wrote')),
  kind('tasks', table.tasks, versioned('task', 'Typed tasks of agents')),
  kind('prompts', table.prompts, versioned('prompt', 'Prompts')),
  kind('policies', table.policies, {
    ...versioned('policy', 'Guardrails and other policies'),
    singular: 'policy',
  }),
  kind('forms', table.forms, versioned('form', 'Forms of user tasks')),
  kind('decisions', table.decisions, versioned('decision', 'Decision tables')),
  kind('notes', table.notes, versioned('note', 'Notes in Markdown')),
  kind('templates', table.templates, {
    singular: 'template',
    about: 'Contents to start from',
    columns: [column('NAME', 'name'), column('OF', 'content.of'), number('VERSION', 'version')],
  }),
  kind('providers', table.providers, {
    singular: 'provider',
    about: 'Providers of models',
    columns: [
      column('NAME', 'name'),
      column('TYPE', 'type'),
      state('STATE', 'validation_status'),
      number('AGENTS', 'agents'),
      minute('CHECKED', 'validated_at'),
    ],
  }),
  kind('connections', table.connections, {
    singular: 'connection',
    about: 'Databases and mail servers',
    id: 'name',
    columns: [
      column('NAME', 'name'),
      column('KIND', 'kind'),
      column('ADDRESS', 'url'),
      minute('CHANGED', 'changedAt'),
    ],
  }),
  kind(
    'secrets',
    { list: table.secrets.list },
    {
      singular: 'secret',
      about: 'Names of secrets, never what they are',
      id: 'name',
      columns: [column('NAME', 'name'), minute('CHANGED', 'changedAt'), column('BY', 'changedBy')],
    },
  ),
  kind('mcp-servers', table.mcpServers, {
    singular: 'mcp-server',
    about: 'MCP servers',
    document: 'mcpServer',
    columns: [
      named('mcpServer', 'id'),
      column('TRANSPORT', 'transport.kind'),
      state('STATE', 'status.state'),
    ],
  }),
  kind(
    'runs',
    { list: table.instances.listInstances, get: table.instances.getInstance },
    {
      singular: 'run',
      about: 'Runs of processes, newest first',
      id: 'key',
      called: 'key',
      document: 'run',
      filters: ['state', 'bpmnProcessId', 'processDefinitionKey', 'hasIncident'],
      columns: [
        named('run', 'key', 'RUN', 'key'),
        column('PROCESS', 'bpmnProcessId'),
        number('VERSION', 'version'),
        state('STATE', 'state'),
        {
          ...number('INCIDENTS', 'incidents'),
          of: ({ incidents }, { paint }) => (incidents ? paint.bad(text(incidents)) : '0'),
        },
        minute('STARTED', 'startedAt'),
        minute('ENDED', 'endedAt'),
      ],
    },
  ),
  kind(
    'agent-runs',
    { list: table.agentRuns.list, get: table.agentRuns.get },
    {
      singular: 'agent-run',
      about: 'Runs of agents on their own, newest first',
      called: 'id',
      document: 'agentRun',
      columns: [
        named('agentRun', 'id', 'RUN', 'id'),
        column('AGENT', 'agent.name'),
        state('STATE', 'status'),
        column('MODEL', 'model'),
        minute('STARTED', 'startedAt'),
      ],
    },
  ),
  kind(
    'user-tasks',
    { list: table.userTasks.listUserTasks, get: table.userTasks.getUserTask },
    {
      singular: 'user-task',
      about: 'What waits for a person, newest first',
      id: 'key',
      called: 'key',
      document: 'userTask',
      filters: ['state', 'instanceKey', 'assignee'],
      columns: [
        named('userTask', 'key', 'TASK', 'key'),
        column('NAME', 'name'),
        state('STATE', 'state'),
        column('ASSIGNEE', 'assignee'),
        column('PROCESS', 'processName'),
        named(undefined, 'instanceKey', 'RUN', 'instanceKey'),
        minute('CREATED', 'createdAt'),
      ],
    },
  ),
  {
    name: 'incidents',
    singular: 'incident',
    about: 'What stopped runs that go on, and waits for somebody to put it right',
    permission: 'instances:read',
    filters: ['run'],
    document: 'run',
    idOf: (row) => text(row.key),
    nameOf: (row) => text(row.key),
    columns: [
      column('INCIDENT', 'key'),
      column('ERROR', 'errorType'),
      column('ELEMENT', 'elementId'),
      named('run', 'run', 'RUN', 'run'),
      minute('SINCE', 'createdAt'),
      column('MESSAGE', 'message'),
    ],
    list: listIncidents,
  },
  kind(
    'deployments',
    { list: table.deployments.listDeployments },
    {
      singular: 'deployment',
      about: 'What was deployed, newest first',
      id: 'key',
      called: 'key',
      filters: ['workflowId'],
      columns: [
        column('DEPLOYMENT', 'key'),
        {
          title: 'PROCESSES',
          of: ({ processes }) =>
            (processes as { bpmnProcessId: string; version: number }[])
              .map(({ bpmnProcessId, version }) => `${bpmnProcessId} v${version}`)
              .join(', '),
        },
        minute('DEPLOYED', 'deployedAt'),
        column('BY', 'deployedBy'),
      ],
    },
  ),
  kind('users', table.users, {
    singular: 'user',
    about: 'People of the tenant',
    called: 'username',
    columns: [
      column('USER', 'username'),
      column('NAME', 'name'),
      column('ROLES', 'roles'),
      { title: 'STATE', of: ({ enabled }, { paint }) => (enabled ? 'enabled' : paint.faint('disabled')) },
    ],
  }),
  kind(
    'roles',
    { list: table.roles.listRoles, get: table.roles.getRole },
    {
      singular: 'role',
      about: 'Roles with what they permit',
      id: 'name',
      whole: true,
      columns: [
        column('NAME', 'name'),
        {
          title: 'PERMISSIONS',
          right: true,
          of: ({ permissions }) => text((permissions as unknown[]).length),
        },
      ],
    },
  ),
  kind('api-keys', table.apiKeys, {
    singular: 'api-key',
    about: 'Keys for programs, never the keys themselves',
    columns: [
      column('NAME', 'name'),
      column('SCOPES', 'scopes'),
      minute('EXPIRES', 'expiresAt'),
      minute('LAST USED', 'lastUsedAt'),
    ],
  }),
  kind(
    'quotas',
    { list: table.quotas.listQuotas },
    {
      singular: 'quota',
      about: 'What the tenant may have and use up, and what it does',
      id: 'name',
      whole: true,
      columns: [column('NAME', 'name'), number('USED', 'used'), number('LIMIT', 'limit')],
    },
  ),
  kind(
    'audit',
    { list: table.audit.list },
    {
      singular: 'audit-entry',
      about: 'Who changed, used or was denied what, newest first',
      called: 'id',
      filters: ['actor', 'action', 'resource', 'from', 'to'],
      columns: [
        minute('TIME', 'at'),
        column('ACTOR', 'actor.name'),
        column('ACTION', 'action'),
        {
          title: 'RESOURCE',
          of: ({ resource }) =>
            Object.values(resource as object)
              .filter(Boolean)
              .join('/'),
        },
        state('OUTCOME', 'outcome'),
      ],
    },
  ),
];

/** Open incidents of the newest runs that have some, or all of one run. */
async function listIncidents(
  api: Api,
  page: Page,
  { run }: Filters,
): Promise<Result<ListOf<Row>, ApiFailure>> {
  let runs = run === undefined ? [] : [run];
  if (run === undefined) {
    const stopped = await api.call(table.instances.listInstances, {
      query: { hasIncident: 'true', limit: 200 },
    });
    if (!stopped.ok) return stopped;
    runs = stopped.value.items.map(({ key }) => key);
  }
  const found: Row[] = [];
  for (const key of runs) {
    const incidents = await api.call(table.instances.listIncidents, { params: { key } });
    if (!incidents.ok) return incidents;
    found.push(
      ...incidents.value.items.filter(({ state }) => state === 'ACTIVE').map((one) => ({ run: key, ...one })),
    );
    if (found.length >= page.offset + page.limit) break;
  }
  const items = found.slice(page.offset, page.offset + page.limit);
  return ok({ ...page, items, total: found.length, has_more: found.length > page.offset + items.length });
}

/** The kind of that name, in one number or the other. */
export function kindNamed(name: string): Kind | undefined {
  const asked = name.toLowerCase();
  return kinds.find((kind) => kind.name === asked || kind.singular === asked);
}

/** One of a kind by its id or its name, as the server tells all of it. */
export async function find(api: Api, kind: Kind, asked: string): Promise<Result<Row, ApiFailure>> {
  const none: ApiFailure = {
    code: 'NOT_FOUND',
    status: 404,
    message: `Expected ${/^[aeiou]/.test(kind.singular) ? 'an' : 'a'} ${kind.singular} '${asked}', but there is none`,
  };
  if (kind.get) {
    const known = await kind.get(api, asked);
    if (known.ok) return known;
    if (![400, 404].includes(known.failure.status)) return known;
    none.requestId = known.failure.requestId as string;
  }
  const document = documentKinds.find((one) => one === kind.singular);
  if (document && kind.get) {
    const rows = await everyPage((page) =>
      api.call(table.documents.list, { query: { ...page, kinds: document } }),
    );
    if (!rows.ok) return rows;
    const row = rows.value.find(({ name }) => name === asked);
    return row ? kind.get(api, row.id) : failed(none);
  }
  const all = await everyPage((page) => kind.list(api, page, {}));
  if (!all.ok) return all;
  const row =
    all.value.find((one) => kind.idOf(one) === asked) ?? all.value.find((one) => kind.nameOf(one) === asked);
  if (!row) return failed(none);
  return kind.get ? kind.get(api, kind.idOf(row)) : ok(row);
}

export type { Row };
