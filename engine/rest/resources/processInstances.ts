import { commands, type InstanceRow } from '@baton/engine/broker';
import { failed, type JsonObject, ok, type ProcessInstanceCreationValue } from '@baton/engine/protocol';
import { invalidArgument, notFound, refused } from '../problem.ts';
import { date, readKey, readTenant, readVariables } from '../requests.ts';
import type { RestContext, Routes } from '../route.ts';
import { readSearch, searchAnswer, tableSearch } from '../search.ts';

const LATEST = -1;

/** How long a client that awaits completion is kept waiting when it names no time, ms. */
const DEFAULT_REQUEST_TIMEOUT = 15_000;

const fields = [
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
    const body = request.json();
    if (!body.ok) return body;
    const { processDefinitionKey, processDefinitionId, processDefinitionVersion } = body.value;
    if ((processDefinitionKey === undefined) === (processDefinitionId === undefined)) {
      return failed(
        invalidArgument(
          'Expected either a processDefinitionId or a processDefinitionKey, but none or both were given',
        ),
      );
    }
    const key =
      processDefinitionKey === undefined ? ok(-1) : readKey('processDefinitionKey', processDefinitionKey);
    if (!key.ok) return key;
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const awaited = body.value.awaitCompletion === true;
    const command = commands.createInstance(
      {
        bpmnProcessId: String(processDefinitionId ?? ''),
        version: Number(processDefinitionVersion ?? LATEST),
        processDefinitionKey: key.value,
        variables: variables.value,
        startInstructions: startInstructions(body.value),
        awaitResult: awaited,
        fetchVariables: Array.isArray(body.value.fetchVariables) ? body.value.fetchVariables.map(String) : [],
      },
      tenant.value,
    );
    if (!awaited) {
      const created = await broker.execute(command);
      if (!created.ok) return failed(refused('CREATE', created.failure));
      return ok({
        status: 200,
        json: creation(created.value.value as ProcessInstanceCreationValue, {}, tenant.value),
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
      const detail = `Expected the process instance to complete within ${patience} ms, but it did not`;
      return failed({ status: 504, title: 'DEADLINE_EXCEEDED', detail });
    }
    if (!result.ok) return failed(refused('CREATE', result.failure));
    return ok({ status: 200, json: creation(result.value, result.value.variables, result.value.tenantId) });
  },

  'POST /v2/process-instances/search': async (request, context) => {
    const search = readSearch(request, fields, ['processInstanceKey', 'startDate']);
    if (!search.ok) return search;
    await context.history.caughtUp();
    const found = await context.history.instances(
      tableSearch(search.value, ({ key, bpmnProcessId, version, incidents, ...facets }) => ({
        ...facets,
        processInstanceKey: key,
        processDefinitionId: bpmnProcessId,
        processDefinitionVersion: version,
        hasIncident: incidents > 0,
      })),
    );
    return searchAnswer(
      found.items.map((row) => instance(row, context)),
      found.total,
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

  'POST /v2/process-instances/{key}/cancellation': async ({ params }, { broker }) => {
    const key = readKey('processInstanceKey', params.key);
    if (!key.ok) return key;
    const canceled = await broker.execute(commands.cancelInstance(key.value));
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
};

function startInstructions({ startInstructions: given }: JsonObject): { elementId: string }[] {
  if (!Array.isArray(given)) return [];
  return given.map((instruction) => ({ elementId: String((instruction as JsonObject).elementId) }));
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
) {
  return {
    processDefinitionKey: String(processDefinitionKey),
    processDefinitionId: bpmnProcessId,
    processDefinitionVersion: version,
    processInstanceKey: String(processInstanceKey),
    variables,
    tenantId,
    tags: [],
  };
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
    ...(row.parentProcessInstanceKey > 0
      ? { parentProcessInstanceKey: String(row.parentProcessInstanceKey) }
      : {}),
    startDate: date(row.startTime),
    endDate: date(row.endTime),
    state: row.state,
    hasIncident: row.incidents > 0,
    // Beyond the published API: how many there are.
    incidents: row.incidents,
    tenantId: row.tenantId,
    tags: [],
  };
}
