import { DEFAULT_TENANT, failed, type JsonObject, type JsonValue, ok } from '@baton/engine/protocol';
import type {
  DefinitionItem,
  ElementInstanceItem,
  EngineFailure,
  EngineQueries,
  EngineResult,
  Found,
  IncidentItem,
  InstanceItem,
  Key,
  Page,
  StreamedRecord,
  UserTaskItem,
  VariableItem,
} from '../ports.ts';
import type { RestApi } from './api.ts';
import { recordsOfInstance } from './searchedRecords.ts';

interface SearchResult {
  items: Resource[];
  page: { totalItems: number };
}

/** A resource of `/v2` before it is given its type; fields a newer or older engine lacks are absent. */
type Resource = { [field: string]: unknown };

/** The search API answers at most this many at once. */
const PAGE_LIMIT = 1000;

export function createQueries(api: RestApi, { tenants }: { tenants: boolean }): EngineQueries {
  const tenantFilter = (tenantId: string) => (tenants ? { tenantId } : {});
  /** A cluster without multi-tenancy has one tenant, whatever name ours goes by. */
  const belongs = (item: Resource, tenantId: string) => !tenants || tenantOf(item) === tenantId;
  const tenantOf = (item: Resource) => text(item.tenantId) || DEFAULT_TENANT;
  /** Items go to the tenant that asked under its own name. */
  const owner = (item: Resource, tenantId: string) => (tenants ? tenantOf(item) : tenantId);

  async function search<T>(
    path: string,
    filter: object,
    page: Page,
    sort: { field: string; order: 'ASC' | 'DESC' }[],
    read: (item: Resource) => T,
  ): EngineResult<Found<T>> {
    const answer = await api.post<SearchResult>(`${path}/search`, { filter, page, sort });
    if (!answer.ok) return answer;
    const { items, page: found } = answer.value;
    return ok({ items: items.map(read), total: found.totalItems });
  }

  /** Everything there is, page by page. */
  async function searchAll<T>(path: string, filter: object, read: (item: Resource) => T): EngineResult<T[]> {
    const all: T[] = [];
    for (;;) {
      const found = await search(path, filter, { from: all.length, limit: PAGE_LIMIT }, [], read);
      if (!found.ok) return found;
      all.push(...found.value.items);
      if (found.value.items.length === 0 || all.length >= found.value.total) return ok(all);
    }
  }

  async function one<T>(
    tenantId: string,
    path: string,
    what: string,
    read: (item: Resource) => T,
  ): EngineResult<T> {
    const answer = await api.get<Resource>(path);
    if (!answer.ok) return answer;
    if (!belongs(answer.value, tenantId)) return failed(missing(what));
    return ok(read(answer.value));
  }

  const instance = (tenantId: string) => (item: Resource) => ({
    ...instanceItem(item),
    tenantId: owner(item, tenantId),
  });
  const incident = (tenantId: string) => (item: Resource) => ({
    ...incidentItem(item),
    tenantId: owner(item, tenantId),
  });
  const userTask = (tenantId: string) => (item: Resource) => ({
    ...userTaskItem(item),
    tenantId: owner(item, tenantId),
  });

  return {
    instances: (tenantId, filter, page) =>
      search(
        '/v2/process-instances',
        { ...filter, ...tenantFilter(tenantId) },
        page,
        [{ field: 'startDate', order: 'DESC' }],
        instance(tenantId),
      ),

    instance: (tenantId, key) =>
      one(tenantId, `/v2/process-instances/${key}`, `process instance with key '${key}'`, instance(tenantId)),

    elementInstances: (tenantId, processInstanceKey) =>
      searchAll('/v2/element-instances', { processInstanceKey, ...tenantFilter(tenantId) }, (item) =>
        elementInstanceItem(item, processInstanceKey),
      ),

    async takenFlows(tenantId, processInstanceKey) {
      const answer = await api.get<{ items: Resource[] }>(
        `/v2/process-instances/${processInstanceKey}/sequence-flows`,
      );
      if (!answer.ok) return answer;
      return ok(
        answer.value.items.filter((item) => belongs(item, tenantId)).map((item) => text(item.elementId)),
      );
    },

    variables: (tenantId, processInstanceKey) =>
      searchAll(
        '/v2/variables',
        { processInstanceKey, ...tenantFilter(tenantId) },
        (item): VariableItem => ({
          name: text(item.name),
          value: parse(item.value),
          scopeKey: text(item.scopeKey),
        }),
      ),

    incidents: (tenantId, filter, page) =>
      search(
        '/v2/incidents',
        { ...filter, state: 'ACTIVE', ...tenantFilter(tenantId) },
        page,
        [{ field: 'creationTime', order: 'DESC' }],
        incident(tenantId),
      ),

    incident: (tenantId, key) =>
      one(tenantId, `/v2/incidents/${key}`, `incident with key '${key}'`, incident(tenantId)),

    userTasks: (tenantId, filter, page) =>
      search(
        '/v2/user-tasks',
        { ...filter, ...tenantFilter(tenantId) },
        page,
        [{ field: 'creationDate', order: 'DESC' }],
        userTask(tenantId),
      ),

    userTask: (tenantId, key) =>
      one(tenantId, `/v2/user-tasks/${key}`, `user task with key '${key}'`, userTask(tenantId)),

    async userTaskVariables(tenantId, key) {
      const task = await this.userTask(tenantId, key);
      if (!task.ok) return task;
      const answer = await api.post<SearchResult>(`/v2/user-tasks/${key}/variables/search`, {
        page: { from: 0, limit: PAGE_LIMIT },
      });
      if (!answer.ok) return answer;
      const variables: JsonObject = {};
      for (const item of answer.value.items) variables[text(item.name)] ??= parse(item.value);
      return ok(variables);
    },

    async userTaskForm(tenantId, key) {
      const task = await this.userTask(tenantId, key);
      if (!task.ok) return task;
      const answer = await api.get<Resource | undefined>(`/v2/user-tasks/${key}/form`);
      if (!answer.ok) return answer.failure.code === 'NOT_FOUND' ? ok(undefined) : answer;
      // No content: it has none, or one that is elsewhere.
      if (!answer.value) return ok(undefined);
      const { formKey, formId, version, schema } = answer.value;
      const read = parse(typeof schema === 'string' ? schema : JSON.stringify(schema));
      return ok(
        typeof read === 'object' && read !== null && !Array.isArray(read)
          ? { formKey: text(formKey), formId: text(formId), version: number(version), schema: read }
          : undefined,
      );
    },

    async definition(tenantId, key) {
      const definition = await one(
        tenantId,
        `/v2/process-definitions/${key}`,
        `process definition with key '${key}'`,
        (item): DefinitionItem => ({
          processDefinitionKey: text(item.processDefinitionKey),
          processDefinitionId: text(item.processDefinitionId),
          name: text(item.name),
          version: number(item.version),
          tenantId: owner(item, tenantId),
        }),
      );
      if (!definition.ok) return definition;
      const xml = await api.getText(`/v2/process-definitions/${key}/xml`);
      return xml.ok ? ok({ ...definition.value, xml: xml.value }) : xml;
    },

    async history(tenantId, processInstanceKey, { from, limit }) {
      const tenant = tenants ? `&tenantId=${encodeURIComponent(tenantId)}` : '';
      const answer = await api.get<Found<StreamedRecord>>(
        `/baton/process-instances/${processInstanceKey}/records?from=${from}&limit=${limit}${tenant}`,
      );
      if (answer.ok || answer.failure.code !== 'NOT_FOUND') return answer;
      // A cluster without our record stream knows no such address: its searches tell as much as they know.
      const searched = await recordsOfInstance(api, processInstanceKey);
      if (!searched.ok) return searched;
      const own = searched.value
        .filter((record) => belongs({ tenantId: record.tenantId }, tenantId))
        .map((record) => ({ ...record, tenantId: owner({ tenantId: record.tenantId }, tenantId) }));
      return ok({ items: own.slice(from, from + limit), total: own.length });
    },
  };
}

function instanceItem(item: Resource): Omit<InstanceItem, 'tenantId'> {
  const hasIncident = item.hasIncident === true;
  return {
    processInstanceKey: text(item.processInstanceKey),
    processDefinitionId: text(item.processDefinitionId),
    processDefinitionName: text(item.processDefinitionName),
    processDefinitionVersion: number(item.processDefinitionVersion),
    processDefinitionKey: text(item.processDefinitionKey),
    state: text(item.state) as InstanceItem['state'],
    startDate: text(item.startDate),
    endDate: optional(item.endDate),
    hasIncident,
    incidents: typeof item.incidents === 'number' ? item.incidents : Number(hasIncident),
  };
}

function elementInstanceItem(item: Resource, processInstanceKey: Key): ElementInstanceItem {
  return {
    elementInstanceKey: text(item.elementInstanceKey),
    elementId: text(item.elementId),
    elementName: text(item.elementName),
    type: text(item.type),
    state: text(item.state) as ElementInstanceItem['state'],
    startDate: text(item.startDate),
    endDate: optional(item.endDate),
    scopeKey: text(item.scopeKey) || processInstanceKey,
    incidentKey: optional(item.incidentKey),
  };
}

function incidentItem(item: Resource): Omit<IncidentItem, 'tenantId'> {
  return {
    incidentKey: text(item.incidentKey),
    processInstanceKey: text(item.processInstanceKey),
    errorType: text(item.errorType),
    errorMessage: text(item.errorMessage),
    elementId: text(item.elementId),
    elementInstanceKey: text(item.elementInstanceKey),
    jobKey: optional(item.jobKey),
    creationTime: text(item.creationTime),
    state: item.state === 'RESOLVED' ? 'RESOLVED' : 'ACTIVE',
  };
}

function userTaskItem(item: Resource): Omit<UserTaskItem, 'tenantId'> {
  return {
    userTaskKey: text(item.userTaskKey),
    name: text(item.name) || text(item.elementId),
    elementId: text(item.elementId),
    elementInstanceKey: text(item.elementInstanceKey),
    processInstanceKey: text(item.processInstanceKey),
    processDefinitionKey: text(item.processDefinitionKey),
    processDefinitionId: text(item.processDefinitionId),
    processName: text(item.processName),
    state: item.state === 'COMPLETED' || item.state === 'CANCELED' ? item.state : 'CREATED',
    assignee: text(item.assignee),
    candidateGroups: (item.candidateGroups as string[] | undefined) ?? [],
    priority: number(item.priority),
    dueDate: text(item.dueDate),
    creationDate: text(item.creationDate),
    completionDate: optional(item.completionDate),
  };
}

const text = (value: unknown) => (value === undefined || value === null ? '' : String(value));
const number = (value: unknown) => Number(value ?? 0);
const optional = (value: unknown) => text(value) || undefined;

/** Variables travel as JSON text. */
function parse(value: unknown): JsonValue {
  try {
    return JSON.parse(text(value)) as JsonValue;
  } catch {
    return text(value);
  }
}

function missing(what: string): EngineFailure {
  return { code: 'NOT_FOUND', message: `Expected to find ${what}, but none found` };
}
