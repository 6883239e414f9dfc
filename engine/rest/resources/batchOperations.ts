import { type BatchOperationEntry, type BatchOperationItemEntry, commands } from '@baton/engine/broker';
import {
  type BatchOperation,
  type BatchOperationCreationValue,
  type BatchOperationItem,
  failed,
  type JsonObject,
  ok,
  type Result,
} from '@baton/engine/protocol';
import { invalidArgument, notFound, type Problem, refused } from '../problem.ts';
import { date, readKey } from '../requests.ts';
import type { Handler, RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch, type Search } from '../search.ts';
import { readMigrationPlan, readObjects } from './processInstanceChanges.ts';
import { instanceFields, searchInstances } from './processInstances.ts';

const fields = ['batchOperationKey', 'operationType', 'state'];
const itemFields = ['batchOperationKey', 'itemKey', 'processInstanceKey', 'state', 'operationType'];

/** One command for everything that a search finds. */
export const batchOperations: Routes = {
  'POST /v2/process-instances/cancellation': create(
    () => ok({ batchOperationType: 'CANCEL_PROCESS_INSTANCE' }),
    {
      parentProcessInstanceKey: { $exists: false },
    },
  ),
  'POST /v2/process-instances/incident-resolution': create(() =>
    ok({ batchOperationType: 'RESOLVE_INCIDENT' }),
  ),
  'POST /v2/process-instances/migration': create((body) => {
    const plan = readMigrationPlan((body.migrationPlan ?? {}) as JsonObject);
    return plan.ok ? ok({ batchOperationType: 'MIGRATE_PROCESS_INSTANCE', migrationPlan: plan.value }) : plan;
  }),
  'POST /v2/process-instances/modification': create((body) => {
    const moves = readObjects('moveInstructions', body.moveInstructions);
    if (!moves.ok) return moves;
    if (moves.value.length === 0)
      return failed(invalidArgument('Expected at least one moveInstruction, but there is none'));
    const moveInstructions = moves.value.map(({ sourceElementId, targetElementId }) => ({
      sourceElementId: String(sourceElementId ?? ''),
      targetElementId: String(targetElementId ?? ''),
    }));
    return ok({ batchOperationType: 'MODIFY_PROCESS_INSTANCE', moveInstructions });
  }),

  'POST /v2/batch-operations/search': (request, { broker }) => {
    const search = readSearch(request, fields, ['batchOperationKey', 'startDate', 'endDate']);
    if (!search.ok) return search;
    const found = [...broker.queries.batchOperations()].filter((one) =>
      search.value.filter.matches({
        batchOperationKey: one.key,
        operationType: one.operation.batchOperationType,
        state: one.state,
      }),
    );
    return pageOf(found.map(shown), search.value);
  },

  'GET /v2/batch-operations/{key}': ({ params }, { broker }) => {
    const key = readKey('batchOperationKey', params.key);
    if (!key.ok) return key;
    const operation = broker.queries.batchOperation(key.value);
    if (!operation) return failed(notFound(`Batch Operation with key '${params.key}' not found`));
    return ok({ status: 200, json: shown(operation) });
  },

  'POST /v2/batch-operations/{key}/cancellation': manage('CANCEL'),
  'POST /v2/batch-operations/{key}/suspension': manage('SUSPEND'),
  'POST /v2/batch-operations/{key}/resumption': manage('RESUME'),

  'POST /v2/batch-operation-items/search': (request, { broker }) => {
    const search = readSearch(request, itemFields, ['itemKey', 'processedDate']);
    if (!search.ok) return search;
    const items = [...broker.queries.batchOperations()].flatMap(({ key, operation }) =>
      [...broker.queries.batchOperationItems(key)]
        .filter((item) =>
          search.value.filter.matches({ ...item, operationType: operation.batchOperationType }),
        )
        .map((item) => shownItem(item, operation)),
    );
    return pageOf(items, search.value);
  },
};

/** @param within what the filter says beside that the instances run */
function create(
  read: (body: JsonObject) => Result<BatchOperation, Problem>,
  within: JsonObject = {},
): Handler {
  return async (request, context) => {
    const body = request.json();
    if (!body.ok) return body;
    const operation = read(body.value);
    if (!operation.ok) return operation;
    if (body.value.filter === undefined || body.value.filter === null)
      return failed(invalidArgument('No filter provided'));
    const search = readSearch(request, instanceFields, ['processInstanceKey'], {
      ...within,
      state: 'ACTIVE',
    });
    if (!search.ok) return search;
    const items = await itemsOf(operation.value, search.value, context);
    const tenantId = search.value.filter.exact('tenantId');
    const created = await context.broker.execute(
      commands.createBatchOperation(operation.value, items, tenantId),
    );
    if (!created.ok) return failed(refused('CREATE', created.failure));
    const { batchOperationKey } = created.value.value as BatchOperationCreationValue;
    const { batchOperationType } = operation.value;
    return ok({ status: 200, json: { batchOperationKey: String(batchOperationKey), batchOperationType } });
  };
}

const PAGE = 10_000;

/** All that the search finds now, whatever page it asks for. */
async function itemsOf(
  { batchOperationType }: BatchOperation,
  search: Search,
  context: RestContext,
): Promise<BatchOperationItem[]> {
  const instances: number[] = [];
  for (let from = 0; ; from += PAGE) {
    const found = await searchInstances({ ...search, from, limit: PAGE }, context);
    instances.push(...found.items.map(({ processInstanceKey }) => processInstanceKey));
    if (found.items.length < PAGE) break;
  }
  if (batchOperationType !== 'RESOLVE_INCIDENT')
    return instances.map((key) => ({ itemKey: key, processInstanceKey: key }));
  const chosen = new Set(instances);
  const incidents = await context.history.incidents({
    tenantId: undefined,
    states: ['ACTIVE'],
    matches: ({ processInstanceKey }) => chosen.has(processInstanceKey),
    from: 0,
    limit: Number.MAX_SAFE_INTEGER,
    newestFirst: false,
  });
  return incidents.items.map(({ incidentKey, processInstanceKey }) => ({
    itemKey: incidentKey,
    processInstanceKey,
  }));
}

function manage(intent: 'CANCEL' | 'SUSPEND' | 'RESUME'): Handler {
  return async ({ params }: RestRequest, { broker }) => {
    const key = readKey('batchOperationKey', params.key);
    if (!key.ok) return key;
    const managed = await broker.execute(commands.manageBatchOperation(key.value, intent));
    return managed.ok ? ok({ status: 204 }) : failed(refused(intent, managed.failure));
  };
}

function shown(one: BatchOperationEntry) {
  return {
    batchOperationKey: String(one.key),
    state: one.state,
    batchOperationType: one.operation.batchOperationType,
    startDate: date(one.startTime),
    endDate: date(one.endTime),
    operationsTotalCount: one.total,
    operationsFailedCount: one.failed,
    operationsCompletedCount: one.completed,
    errors: [],
  };
}

function shownItem(item: BatchOperationItemEntry, { batchOperationType }: BatchOperation) {
  return {
    operationType: batchOperationType,
    batchOperationKey: String(item.batchOperationKey),
    itemKey: String(item.itemKey),
    processInstanceKey: String(item.processInstanceKey),
    state: item.state,
    processedDate: date(item.processedTime),
    ...(item.errorMessage === '' ? {} : { errorMessage: item.errorMessage }),
  };
}
