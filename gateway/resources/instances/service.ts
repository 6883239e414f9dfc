import type {
  EngineClient,
  IncidentItem,
  InstanceItem,
  InstanceState,
  StreamedRecord,
} from '@baton/engine/client';
import { type JsonObject, ok, type Result } from '@baton/engine/protocol';
import type { DocumentStore, Page, PageRequest } from '@baton/infra/store';
import type { Call, ElementInstance, HistoryRecord, Incident, Instance, Variable } from '../../api/index.ts';
import { type Refusal, refusedByEngine } from '../../refusal.ts';

export interface InstanceFilter {
  state?: InstanceState | undefined;
  bpmnProcessId?: string | undefined;
  processDefinitionKey?: string | undefined;
  hasIncident?: boolean | undefined;
}

export interface Started {
  key: string;
  processDefinitionKey: string;
  bpmnProcessId: string;
  version: number;
}

type Answer<T> = Promise<Result<T, Refusal>>;

export interface InstanceService {
  list(tenantId: string, filter: InstanceFilter, page: PageRequest): Answer<Page<Instance>>;
  start(
    tenantId: string,
    process: { processDefinitionKey: string } | { bpmnProcessId: string },
    variables: JsonObject,
  ): Answer<Started>;
  get(tenantId: string, key: string): Answer<Instance>;
  cancel(tenantId: string, key: string): Answer<void>;
  elements(tenantId: string, key: string): Answer<{ items: ElementInstance[]; takenFlows: string[] }>;
  variables(tenantId: string, key: string): Answer<Variable[]>;
  history(tenantId: string, key: string, page: PageRequest): Answer<Page<HistoryRecord>>;
  incidents(tenantId: string, key: string): Answer<Incident[]>;
  calls(tenantId: string, key: string): Answer<Call[]>;
  resolveIncident(tenantId: string, key: string, retries: number | undefined): Answer<void>;
}

/** Incidents of one run that are shown. */
const incidentLimit = 200;

export function createInstanceService(
  { commands, queries }: EngineClient,
  store: DocumentStore,
): InstanceService {
  async function owned(tenantId: string, key: string): Answer<InstanceItem> {
    const found = await queries.instance(tenantId, key);
    return found.ok ? found : refusedByEngine(found.failure);
  }

  return {
    async list(tenantId, { state, bpmnProcessId, processDefinitionKey, hasIncident }, { limit, offset }) {
      const found = await queries.instances(
        tenantId,
        {
          ...(state ? { state } : {}),
          ...(bpmnProcessId ? { processDefinitionId: bpmnProcessId } : {}),
          ...(processDefinitionKey ? { processDefinitionKey } : {}),
          ...(hasIncident === undefined ? {} : { hasIncident }),
        },
        { from: offset, limit },
      );
      if (!found.ok) return refusedByEngine(found.failure);
      return ok({ items: found.value.items.map(instanceView), total: found.value.total });
    },

    async start(tenantId, process, variables) {
      const started = await commands.createInstance(tenantId, process, variables);
      if (!started.ok) return refusedByEngine(started.failure);
      const { processInstanceKey, processDefinitionKey, bpmnProcessId, version } = started.value;
      return ok({ key: processInstanceKey, processDefinitionKey, bpmnProcessId, version });
    },

    async get(tenantId, key) {
      const found = await owned(tenantId, key);
      return found.ok ? ok(instanceView(found.value)) : found;
    },

    async cancel(tenantId, key) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const cancelled = await commands.cancelInstance(key);
      return cancelled.ok ? cancelled : refusedByEngine(cancelled.failure);
    },

    async elements(tenantId, key) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const [elements, flows] = await Promise.all([
        queries.elementInstances(tenantId, key),
        queries.takenFlows(tenantId, key),
      ]);
      if (!elements.ok) return refusedByEngine(elements.failure);
      if (!flows.ok) return refusedByEngine(flows.failure);
      const items = elements.value.map(
        ({
          elementInstanceKey,
          elementId,
          elementName,
          type,
          state,
          startDate,
          endDate,
          scopeKey,
          incidentKey,
        }) => ({
          key: elementInstanceKey,
          elementId,
          elementName,
          elementType: type,
          state,
          startedAt: instant(startDate),
          ...(endDate ? { endedAt: instant(endDate) } : {}),
          scopeKey,
          ...(incidentKey ? { incidentKey } : {}),
        }),
      );
      return ok({ items, takenFlows: flows.value });
    },

    async variables(tenantId, key) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const [variables, elements] = await Promise.all([
        queries.variables(tenantId, key),
        queries.elementInstances(tenantId, key),
      ]);
      if (!variables.ok) return refusedByEngine(variables.failure);
      if (!elements.ok) return refusedByEngine(elements.failure);
      const scopes = new Map(
        elements.value.map((element) => [element.elementInstanceKey, element.elementId]),
      );
      scopes.set(key, found.value.processDefinitionId);
      return ok(
        variables.value.map(({ name, value, scopeKey }) => ({
          name,
          value,
          scopeKey,
          scopeElementId: scopes.get(scopeKey) ?? '',
        })),
      );
    },

    async history(tenantId, key, { limit, offset }) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const history = await queries.history(tenantId, key, { from: offset, limit });
      if (!history.ok) return refusedByEngine(history.failure);
      return ok({ items: history.value.items.map(recordView), total: history.value.total });
    },

    async incidents(tenantId, key) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const incidents = await queries.incidents(
        tenantId,
        { processInstanceKey: key },
        { from: 0, limit: incidentLimit },
      );
      if (!incidents.ok) return refusedByEngine(incidents.failure);
      const openFirst = (incident: Incident) => (incident.state === 'ACTIVE' ? 0 : 1);
      return ok(incidents.value.items.map(incidentView).sort((a, b) => openFirst(a) - openFirst(b)));
    },

    async calls(tenantId, key) {
      const found = await owned(tenantId, key);
      if (!found.ok) return found;
      const calls = await store.calls.list(tenantId, key);
      return ok(
        calls.map(
          ({
            tenantId: _tenant,
            processInstanceKey: _instance,
            jobKey: _job,
            began: _began,
            startedAt,
            ...call
          }) => ({
            ...call,
            startedAt: new Date(startedAt).toISOString(),
          }),
        ),
      );
    },

    async resolveIncident(tenantId, key, retries) {
      const found = await queries.incident(tenantId, key);
      if (!found.ok) return refusedByEngine(found.failure);
      const { jobKey } = found.value;
      if (retries !== undefined && jobKey) {
        const updated = await commands.updateJobRetries(jobKey, retries);
        if (!updated.ok) return refusedByEngine(updated.failure);
      }
      const resolved = await commands.resolveIncident(key);
      return resolved.ok ? resolved : refusedByEngine(resolved.failure);
    },
  };
}

/** ISO 8601 in UTC with milliseconds, whatever offset the engine wrote. */
export function instant(date: string): string {
  return new Date(date).toISOString();
}

export function instanceView(item: InstanceItem): Instance {
  return {
    key: item.processInstanceKey,
    bpmnProcessId: item.processDefinitionId,
    processName: item.processDefinitionName,
    version: item.processDefinitionVersion,
    processDefinitionKey: item.processDefinitionKey,
    state: item.state,
    startedAt: instant(item.startDate),
    ...(item.endDate ? { endedAt: instant(item.endDate) } : {}),
    incidents: item.incidents,
  };
}

export function recordView(record: StreamedRecord): HistoryRecord {
  const { position, timestamp, recordType, valueType, intent, key, value } = record;
  const { elementId } = value;
  return {
    position,
    timestamp: new Date(timestamp).toISOString(),
    recordType,
    valueType,
    intent,
    key,
    elementId: typeof elementId === 'string' ? elementId : '',
    value,
  };
}

function incidentView(item: IncidentItem): Incident {
  return {
    key: item.incidentKey,
    errorType: item.errorType,
    message: item.errorMessage,
    elementId: item.elementId,
    elementInstanceKey: item.elementInstanceKey,
    ...(item.jobKey ? { jobKey: item.jobKey } : {}),
    createdAt: instant(item.creationTime),
    state: item.state,
  };
}
