import { commands, type InstanceRow, type Run, referred } from '@baton/engine/broker';
import {
  failed,
  type JsonObject,
  type JsonValue,
  ok,
  type ProcessInstanceCreationValue,
  type RuntimeInstruction,
  writeJson,
} from '@baton/engine/protocol';
import { notFound, refused } from '../problem.ts';
import {
  date,
  faults,
  readBody,
  readBodyKey,
  readCommandKey,
  readKey,
  readReference,
  readTenant,
  readVariables,
  readWholeNumber,
} from '../requests.ts';
import type { RestContext, Routes } from '../route.ts';
import { passes, readSearch, type Search, searchAnswer, tableSearch } from '../search.ts';
import { elementStatistics } from '../statistics.ts';
import { searchIncidents } from './incidents.ts';

const LATEST = -1;

/** How long a client that awaits completion is kept waiting when it names no time, ms. */
const DEFAULT_REQUEST_TIMEOUT = 15_000;

const fields = [
  'variables',
  'elementId',
  'elementInstanceState',
  'tags',
  'processDefinitionName',
  'processDefinitionVersionTag',
  'parentElementInstanceKey',
  'startDate',
  'endDate',
  'processInstanceKey',
  'processDefinitionKey',
  'processDefinitionId',
  'processDefinitionVersion',
  'parentProcessInstanceKey',
  'state',
  'hasIncident',
  'tenantId',
];

export const processInstances: Routes = {
  'POST /v2/process-instances': async (request, { broker, world }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const { processDefinitionKey, processDefinitionId } = body.value;
    const [byKey, byId] = [processDefinitionKey, processDefinitionId].map((given) => (given ?? '') !== '');
    const fault = faults(
      !byKey && !byId && 'At least one of [processDefinitionId, processDefinitionKey] is required.',
      byKey && byId && 'Only one of [processDefinitionId, processDefinitionKey] is allowed.',
    );
    if (fault) return failed(fault);
    const key = byKey ? readBodyKey(processDefinitionKey) : ok(-1);
    if (!key.ok) return key;
    const version = readWholeNumber(body.value.processDefinitionVersion, LATEST);
    if (!version.ok) return version;
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const tags = texts(body.value.tags);
    const awaited = body.value.awaitCompletion === true;
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const command = referred(
      commands.createInstance(
        {
          bpmnProcessId: String(processDefinitionId ?? ''),
          version: version.value,
          processDefinitionKey: key.value,
          variables: variables.value,
          startInstructions: startInstructions(body.value),
          runtimeInstructions: runtimeInstructions(body.value),
          tags,
          awaitResult: awaited,
          fetchVariables: texts(body.value.fetchVariables),
        },
        tenant.value,
      ),
      reference.value,
    );
    if (!awaited) {
      const created = await broker.execute(command);
      if (!created.ok) return failed(refused('CREATE', created.failure));
      return ok({
        status: 200,
        json: creation(created.value.value as ProcessInstanceCreationValue, {}, tenant.value, tags),
      });
    }

    const patience = Number(body.value.requestTimeout ?? 0) || DEFAULT_REQUEST_TIMEOUT;
    const waiting = new AbortController();
    request.signal.addEventListener('abort', () => waiting.abort());
    const cancelTimeout = world.schedule(patience, () => waiting.abort());
    const timedOut = new Promise<undefined>((resolve) => {
      waiting.signal.addEventListener('abort', () => resolve(undefined));
    });
    const completed = broker.executeAndAwaitResult(command, waiting.signal);
    completed.catch(() => {});
    const result = await Promise.race([completed, timedOut]);
    cancelTimeout();
    if (!result) {
      const detail =
        'Expected to handle REST API request, but the request timed out between the gateway and the broker';
      return failed({ status: 504, title: 'DEADLINE_EXCEEDED', detail });
    }
    if (!result.ok) return failed(refused('CREATE', result.failure));
    return ok({
      status: 200,
      json: creation(result.value, result.value.variables, result.value.tenantId, tags),
    });
  },

  'POST /v2/process-instances/search': async (request, context) => {
    const search = readSearch(request, fields, ['processInstanceKey', 'startDate']);
    if (!search.ok) return search;
    const found = await searchInstances(search.value, context);
    return searchAnswer(
      found.items.map((row) => instance(row, context)),
      found.total,
      search.value.from,
    );
  },

  'GET /v2/process-instances/{key}': async ({ params }, context) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    await context.history.caughtUp();
    const row = context.history.instance(key.value);
    if (!row) return failed(notFound(`Process Instance with key '${params.key}' not found`));
    return ok({ status: 200, json: instance(row, context) });
  },

  'POST /v2/process-instances/{key}/cancellation': async (request, { broker }) => {
    const key = readCommandKey('processInstanceKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const canceled = await broker.execute(referred(commands.cancelInstance(key.value), reference.value));
    return canceled.ok ? ok({ status: 204 }) : failed(refused('CANCEL', canceled.failure));
  },

  'GET /v2/process-instances/{key}/sequence-flows': async ({ params }, { history }) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    await history.caughtUp();
    const items = history.run(key.value).flows.map((flow) => ({
      sequenceFlowId: `${flow.processInstanceKey}_${flow.flowId}`,
      processInstanceKey: String(flow.processInstanceKey),
      processDefinitionKey: String(flow.processDefinitionKey),
      processDefinitionId: flow.bpmnProcessId,
      elementId: flow.flowId,
      tenantId: flow.tenantId,
    }));
    return ok({ status: 200, json: { items } });
  },

  'GET /v2/process-instances/{key}/statistics/element-instances': async ({ params }, { history }) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    await history.caughtUp();
    return ok({ status: 200, json: { items: await elementStatistics([history.run(key.value)]) } });
  },

  'GET /v2/process-instances/{key}/call-hierarchy': async ({ params }, context) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    await context.history.caughtUp();
    const line: InstanceRow[] = [];
    for (let next = context.history.instance(key.value); next; ) {
      line.unshift(next);
      next = context.history.instance(next.parentProcessInstanceKey);
    }
    if (line.length === 0) return failed(notFound(`Process Instance with key '${params.key}' not found`));
    const json = line.map((row) => ({
      processInstanceKey: String(row.processInstanceKey),
      processDefinitionName:
        context.broker.queries.process(row.processDefinitionKey)?.name || row.bpmnProcessId,
      processDefinitionKey: String(row.processDefinitionKey),
    }));
    return ok({ status: 200, json });
  },

  'POST /v2/process-instances/{key}/incidents/search': (request, context) => {
    const key = readKey('processInstanceKey', request.params.key);
    if (!key.ok) return key;
    return searchIncidents(request, context, { processInstanceKey: String(key.value) });
  },
};

/** What a search for process instances may say of them. */
export const instanceFields = fields;

export async function searchInstances(search: Search, context: RestContext) {
  await context.history.caughtUp();
  return context.history.instances(
    tableSearch(search, ({ key, bpmnProcessId, version, incidents, ...facets }) => ({
      ...facets,
      parentProcessInstanceKey: parentKey(facets.parentProcessInstanceKey),
      parentElementInstanceKey: parentKey(facets.parentElementInstanceKey),
      startDate: date(facets.startTime),
      endDate: date(facets.endTime),
      processInstanceKey: key,
      processDefinitionId: bpmnProcessId,
      processDefinitionName:
        context.broker.queries.process(facets.processDefinitionKey)?.name || bpmnProcessId,
      processDefinitionVersion: version,
      processDefinitionVersionTag: context.broker.queries.process(facets.processDefinitionKey)?.versionTag,
      hasIncident: incidents > 0,
      variables: (wanted: JsonValue) => hasVariables(context.history.run(key), wanted),
      elementId: (wanted: JsonValue) =>
        context.history.run(key).elements.some((element) => passes(element.elementId, wanted)),
      elementInstanceState: (wanted: JsonValue) =>
        context.history.run(key).elements.some((element) => passes(element.state, wanted)),
      tags: (wanted: JsonValue) => {
        const tags = context.history.instance(key)?.tags ?? [];
        return texts(wanted).every((tag) => tags.includes(tag));
      },
    })),
  );
}

function startInstructions({ startInstructions: given }: JsonObject): { elementId: string }[] {
  if (!Array.isArray(given)) return [];
  return given.map((instruction) => ({ elementId: String((instruction as JsonObject).elementId) }));
}

function runtimeInstructions({ runtimeInstructions: given }: JsonObject): RuntimeInstruction[] {
  if (!Array.isArray(given)) return [];
  return given.map((instruction) => ({
    type: 'TERMINATE_PROCESS_INSTANCE',
    afterElementId: String((instruction as JsonObject).afterElementId ?? ''),
  }));
}

function texts(given: JsonValue | undefined): string[] {
  return Array.isArray(given) ? given.map(String) : [];
}

function creation(
  {
    processDefinitionKey,
    bpmnProcessId,
    version,
    processInstanceKey,
  }: Pick<
    ProcessInstanceCreationValue,
    'processDefinitionKey' | 'bpmnProcessId' | 'version' | 'processInstanceKey'
  >,
  variables: JsonObject,
  tenantId: string,
  tags: readonly string[],
) {
  return {
    processDefinitionKey: String(processDefinitionKey),
    processDefinitionId: bpmnProcessId,
    processDefinitionVersion: version,
    processInstanceKey: String(processInstanceKey),
    variables,
    tenantId,
    tags: [...tags],
  };
}

/** A variable of the whole instance for each one wanted; values are compared as the JSON that they are shown in. */
function hasVariables({ variables }: Run, wanted: JsonValue): boolean {
  const list = Array.isArray(wanted) ? (wanted as JsonObject[]) : [];
  return list.every(({ name, value }) =>
    variables.some((row) => row.name === name && passes(writeJson(row.value), value ?? {})),
  );
}

function parentKey(key: number): string | undefined {
  return key > 0 ? String(key) : undefined;
}

function instance(row: InstanceRow, { broker }: RestContext) {
  const process = broker.queries.process(row.processDefinitionKey);
  return {
    processInstanceKey: String(row.processInstanceKey),
    processDefinitionId: row.bpmnProcessId,
    processDefinitionName: process?.name || row.bpmnProcessId,
    processDefinitionVersion: row.version,
    processDefinitionVersionTag: process?.versionTag || null,
    processDefinitionKey: String(row.processDefinitionKey),
    parentProcessInstanceKey: parentKey(row.parentProcessInstanceKey),
    parentElementInstanceKey: parentKey(row.parentElementInstanceKey),
    startDate: date(row.startTime),
    endDate: date(row.endTime),
    state: row.state,
    hasIncident: row.incidents > 0,
    // Beyond the published API: how many there are.
    incidents: row.incidents,
    // Also beyond it: what stopped the instance, which can only be canceled then.
    ...(row.error === undefined ? {} : { error: row.error }),
    tenantId: row.tenantId,
    tags: row.tags ? [...row.tags] : [],
  };
}
