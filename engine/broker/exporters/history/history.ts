import type { Feel } from '@baton/engine/feel';
import { createProcessCache } from '@baton/engine/model';
import type { AnyRecord } from '@baton/engine/protocol';
import type { Broker, BrokerWorld } from '../../broker.ts';
import { BrokerError } from '../../errors.ts';
import type { LogAddress } from '../../log/log.ts';
import type { Store, Table } from '../../state/store.ts';
import { foldRun, type Run } from './foldRun.ts';
import { IndexedTable, type SearchFound, type TableSearch } from './indexedTable.ts';
import type { DecisionInstanceRow, IncidentRow, InstanceRow, UserTaskRow } from './rows.ts';

/** What a search for each kind of thing may ask, beside tenant and state. */
export type InstanceFacets = Pick<
  InstanceRow,
  | 'bpmnProcessId'
  | 'version'
  | 'processDefinitionKey'
  | 'parentProcessInstanceKey'
  | 'parentElementInstanceKey'
  | 'startTime'
  | 'endTime'
  | 'incidents'
>;
export type UserTaskFacets = Pick<
  UserTaskRow,
  | 'processInstanceKey'
  | 'processDefinitionKey'
  | 'bpmnProcessId'
  | 'elementId'
  | 'elementInstanceKey'
  | 'assignee'
  | 'candidateGroups'
  | 'candidateUsers'
  | 'priority'
  | 'dueDate'
  | 'followUpDate'
  | 'creationTime'
  | 'completionTime'
>;
export type IncidentFacets = Pick<
  IncidentRow,
  | 'processInstanceKey'
  | 'processDefinitionKey'
  | 'bpmnProcessId'
  | 'errorType'
  | 'elementId'
  | 'elementInstanceKey'
  | 'errorMessage'
  | 'creationTime'
  | 'jobKey'
>;

export type DecisionInstanceFacets = Pick<
  DecisionInstanceRow,
  | 'decisionEvaluationKey'
  | 'index'
  | 'decisionKey'
  | 'decisionId'
  | 'decisionName'
  | 'decisionVersion'
  | 'decisionType'
  | 'evaluationTime'
  | 'evaluationFailure'
  | 'processDefinitionKey'
  | 'processInstanceKey'
  | 'elementInstanceKey'
>;

/** Process instances, user tasks, incidents and decisions for the query doors, also after the broker has let go of them. */
export interface History {
  /** Resolves when all that the broker has acknowledged until now can be seen here. */
  caughtUp(): Promise<void>;
  instance(key: number): InstanceRow | undefined;
  instances(search: TableSearch<InstanceFacets>): Promise<SearchFound<InstanceRow>>;
  userTask(key: number): UserTaskRow | undefined;
  userTasks(search: TableSearch<UserTaskFacets>): Promise<SearchFound<UserTaskRow>>;
  incident(key: number): IncidentRow | undefined;
  incidents(search: TableSearch<IncidentFacets>): Promise<SearchFound<IncidentRow>>;
  /** @param index from 1 */
  decisionInstance(decisionEvaluationKey: number, index: number): DecisionInstanceRow | undefined;
  decisionInstances(search: TableSearch<DecisionInstanceFacets>): Promise<SearchFound<DecisionInstanceRow>>;
  /** The events of one process instance, oldest first, read again from the log. */
  events(processInstanceKey: number): AnyRecord[];
  /** One process instance folded from its events. */
  run(processInstanceKey: number): Run;
  /**
   * The process instance that has something (an element instance, a variable, a job) with this key. Only instances that were
   * there when the key was given out and had events after it are read.
   */
  ownerOf(key: number, has: (run: Run) => boolean): Promise<Run | undefined>;
  /** The runs of the process instances that pass, newest or oldest first, one read at a time. */
  runs(matches: (row: InstanceRow) => boolean, first?: 'newest' | 'oldest'): AsyncIterable<Run>;
  /** As modelled; the id where the model gives no name. */
  elementName(of: { processDefinitionKey: number; bpmnProcessId: string; elementId: string }): string;
  close(): Promise<void>;
}

export interface HistoryOptions {
  broker: Broker;
  /** Its own store: history can be deleted and is rebuilt from the log. */
  store: Store;
  schedule: BrokerWorld['schedule'];
  feel: Feel;
}

/** Changes reach the disk at the latest this long after they were made, ms; a crash costs a little reading of the log. */
const CHECKPOINT_INTERVAL = 5000;

/** Models whose element names are at hand. */
const MODELS_KEPT = 50;

/** Decisions that are kept of one evaluation; a power of two, so that place and position make one number. */
const DECISIONS_PER_EVALUATION = 2 ** 11;

/** Addresses in one row of `batches`: a short run is one row, a long one does not rewrite what it has. */
const ADDRESSES_PER_ROW = 32;

/**
 * Follows the record stream from where its tables reach to. It keeps only what lists need; everything about a single run
 * is folded from that run's records, so that writing stays cheap.
 */
export function createHistory({ broker, store, schedule, feel }: HistoryOptions): History {
  const instances = new IndexedTable<InstanceRow, InstanceFacets>(store, 'instances', (instance) => ({
    bpmnProcessId: instance.bpmnProcessId,
    version: instance.version,
    processDefinitionKey: instance.processDefinitionKey,
    parentProcessInstanceKey: instance.parentProcessInstanceKey,
    parentElementInstanceKey: instance.parentElementInstanceKey,
    startTime: instance.startTime,
    endTime: instance.endTime,
    incidents: instance.incidents,
  }));
  const userTasks = new IndexedTable<UserTaskRow, UserTaskFacets>(store, 'userTasks', (task) => ({
    processInstanceKey: task.processInstanceKey,
    processDefinitionKey: task.processDefinitionKey,
    bpmnProcessId: task.bpmnProcessId,
    elementId: task.elementId,
    elementInstanceKey: task.elementInstanceKey,
    assignee: task.assignee,
    candidateGroups: task.candidateGroups,
    candidateUsers: task.candidateUsers,
    priority: task.priority,
    dueDate: task.dueDate,
    followUpDate: task.followUpDate,
    creationTime: task.creationTime,
    completionTime: task.completionTime,
  }));
  const decisionInstances = new IndexedTable<DecisionInstanceRow, DecisionInstanceFacets>(
    store,
    'decisionInstances',
    ({
      decisionOutput: _,
      evaluatedInputs: __,
      matchedRules: ___,
      state: ____,
      tenantId: _____,
      ...facets
    }) => facets,
  );
  /** Position of the record of an evaluation, by its key. */
  const evaluations: Table<number, number> = store.table('decisionEvaluations');
  const incidents = new IndexedTable<IncidentRow, IncidentFacets>(store, 'incidents', (incident) => ({
    processInstanceKey: incident.processInstanceKey,
    processDefinitionKey: incident.processDefinitionKey,
    bpmnProcessId: incident.bpmnProcessId,
    errorType: incident.errorType,
    elementId: incident.elementId,
    elementInstanceKey: incident.elementInstanceKey,
    errorMessage: incident.errorMessage,
    creationTime: incident.creationTime,
    jobKey: incident.jobKey,
  }));
  /** Segment and offset of the batches that tell of an instance, flat, `ADDRESSES_PER_ROW` a row. */
  const batches: Table<readonly [processInstanceKey: number, row: number], readonly number[]> =
    store.table('batches');

  const models = createProcessCache(feel, MODELS_KEPT);

  let position = store.durablePosition;
  if (position > broker.lastPosition) {
    throw new BrokerError(
      'LOG_STATE_GAP',
      `Expected history to follow the log, but it reaches to position ${position} and the log ends at ${broker.lastPosition}. ` +
        "Delete the 'history' folder of the data directory: it is made again from the log",
      { position, lastPosition: broker.lastPosition },
    );
  }
  let waiting: { position: number; resolve: () => void }[] = [];
  let cancelCheckpoint: (() => void) | undefined;
  let checkpointing: Promise<void> = Promise.resolve();

  const unsubscribe = broker.subscribe(position, (records, address) => {
    const touched = new Map<number, number>();
    for (const record of records) {
      if (record.position <= position) continue;
      position = record.position;
      if (record.recordType !== 'EVENT') continue;
      project(record);
      const instance = instanceOf(record);
      if (instance !== undefined) {
        touched.set(instance, Math.max(touched.get(instance) ?? -1, record.key));
      }
    }
    for (const [instance, lastKey] of touched) noteBatch(instance, lastKey, address);
    cancelCheckpoint ??= schedule(CHECKPOINT_INTERVAL, checkpoint);
    if (waiting.length > 0) release();
  });

  function project(event: AnyRecord): void {
    switch (event.valueType) {
      case 'PROCESS_INSTANCE':
        if (event.value.bpmnElementType === 'PROCESS') projectInstance(event);
        break;
      case 'USER_TASK':
        projectUserTask(event);
        break;
      case 'INCIDENT':
        projectIncident(event);
        break;
      case 'ERROR':
        projectError(event);
        break;
      case 'DECISION_EVALUATION':
        projectDecisions(event);
        break;
    }
  }

  function projectInstance(event: Extract<AnyRecord, { valueType: 'PROCESS_INSTANCE' }>): void {
    const row = instances.get(event.key);
    if (!row) {
      const { processDefinitionKey, bpmnProcessId, version } = event.value;
      const { parentProcessInstanceKey, parentElementInstanceKey } = event.value;
      instances.put(event.key, {
        processInstanceKey: event.key,
        processDefinitionKey,
        bpmnProcessId,
        version,
        parentProcessInstanceKey,
        parentElementInstanceKey,
        state: 'ACTIVE',
        startTime: event.timestamp,
        endTime: undefined,
        incidents: 0,
        error: undefined,
        tenantId: event.tenantId,
        ...(event.value.tags && { tags: event.value.tags }),
        batches: 0,
        lastKey: event.key,
      });
    } else if (event.intent === 'ELEMENT_COMPLETED' || event.intent === 'ELEMENT_TERMINATED') {
      const state = event.intent === 'ELEMENT_COMPLETED' ? 'COMPLETED' : 'TERMINATED';
      instances.put(event.key, { ...row, state, endTime: event.timestamp });
    } else if (event.intent === 'ELEMENT_MIGRATED') {
      const { processDefinitionKey, bpmnProcessId, version } = event.value;
      instances.put(event.key, { ...row, processDefinitionKey, bpmnProcessId, version });
    }
  }

  /** Processing threw: the instance does nothing more and can only be canceled. */
  function projectError({ value }: Extract<AnyRecord, { valueType: 'ERROR' }>): void {
    const row = instances.get(value.processInstanceKey);
    if (row) instances.put(row.processInstanceKey, { ...row, error: value.exceptionMessage });
  }

  function projectUserTask(event: Extract<AnyRecord, { valueType: 'USER_TASK' }>): void {
    const row = userTasks.get(event.key);
    if (!row) {
      const { variables: _, changedAttributes: __, action: ___, ...task } = event.value;
      userTasks.put(event.key, {
        ...task,
        userTaskKey: event.key,
        state: 'CREATED',
        creationTime: event.timestamp,
        completionTime: undefined,
        tenantId: event.tenantId,
      });
      return;
    }
    const { assignee, candidateGroups, candidateUsers, dueDate, followUpDate, priority } = event.value;
    switch (event.intent) {
      case 'MIGRATED': {
        const { bpmnProcessId, processDefinitionKey, processDefinitionVersion, elementId } = event.value;
        userTasks.put(event.key, {
          ...row,
          bpmnProcessId,
          processDefinitionKey,
          processDefinitionVersion,
          elementId,
        });
        break;
      }
      case 'ASSIGNED':
        userTasks.put(event.key, { ...row, assignee });
        break;
      case 'UPDATED':
        userTasks.put(event.key, {
          ...row,
          candidateGroups,
          candidateUsers,
          dueDate,
          followUpDate,
          priority,
        });
        break;
      case 'COMPLETED':
      case 'CANCELED':
        userTasks.put(event.key, { ...row, state: event.intent, completionTime: event.timestamp });
        break;
    }
  }

  function projectIncident(event: Extract<AnyRecord, { valueType: 'INCIDENT' }>): void {
    const row = incidents.get(event.key);
    if (event.intent === 'CREATED') {
      const { variableScopeKey: _, ...incident } = event.value;
      incidents.put(event.key, {
        ...incident,
        incidentKey: event.key,
        creationTime: event.timestamp,
        state: 'ACTIVE',
        tenantId: event.tenantId,
      });
      countIncidents(incident.processInstanceKey, 1);
    } else if (event.intent === 'RESOLVED' && row?.state === 'ACTIVE') {
      incidents.put(event.key, { ...row, state: 'RESOLVED' });
      countIncidents(row.processInstanceKey, -1);
    } else if (event.intent === 'MIGRATED' && row) {
      const { bpmnProcessId, processDefinitionKey, elementId } = event.value;
      incidents.put(event.key, { ...row, bpmnProcessId, processDefinitionKey, elementId });
    }
  }

  function projectDecisions(event: Extract<AnyRecord, { valueType: 'DECISION_EVALUATION' }>): void {
    const { evaluatedDecisions, failedDecisionId, evaluationFailureMessage } = event.value;
    const { processDefinitionKey, processInstanceKey, elementInstanceKey } = event.value;
    evaluations.put(event.key, event.position);
    for (const [place, evaluated] of evaluatedDecisions.slice(0, DECISIONS_PER_EVALUATION).entries()) {
      const failed = failedDecisionId === evaluated.decisionId;
      decisionInstances.put(event.position * DECISIONS_PER_EVALUATION + place, {
        ...evaluated,
        decisionEvaluationKey: event.key,
        index: place + 1,
        state: failed ? 'FAILED' : 'EVALUATED',
        evaluationTime: event.timestamp,
        evaluationFailure: failed ? evaluationFailureMessage : '',
        processDefinitionKey,
        processInstanceKey,
        elementInstanceKey,
        tenantId: event.tenantId,
      });
    }
  }

  function countIncidents(processInstanceKey: number, change: number): void {
    const row = instances.get(processInstanceKey);
    if (row) instances.put(processInstanceKey, { ...row, incidents: row.incidents + change });
  }

  function noteBatch(processInstanceKey: number, lastKey: number, { segment, offset }: LogAddress): void {
    const row = instances.get(processInstanceKey);
    if (!row) return;
    const key = [processInstanceKey, Math.floor(row.batches / ADDRESSES_PER_ROW)] as const;
    batches.put(key, [...(batches.get(key) ?? []), segment, offset]);
    instances.putUnindexed(processInstanceKey, {
      ...row,
      batches: row.batches + 1,
      lastKey: Math.max(row.lastKey, lastKey),
    });
  }

  function release(): void {
    const ready = waiting.filter((waiter) => waiter.position <= position);
    waiting = waiting.filter((waiter) => waiter.position > position);
    for (const waiter of ready) waiter.resolve();
  }

  function checkpoint(): void {
    cancelCheckpoint = undefined;
    checkpointing = store.checkpoint(position);
    // What could not be written now is written with the next one, or read from the log again.
    checkpointing.catch(() => {});
  }

  function events(processInstanceKey: number): AnyRecord[] {
    const addresses: LogAddress[] = [];
    const end = [processInstanceKey, Number.MAX_SAFE_INTEGER] as const;
    for (const { value } of batches.range({ start: [processInstanceKey, 0], end })) {
      for (let i = 0; i < value.length; i += 2) {
        addresses.push({ segment: value[i]!, offset: value[i + 1]! });
      }
    }
    return broker
      .recordsAt(addresses)
      .filter((record) => record.recordType === 'EVENT' && instanceOf(record) === processInstanceKey);
  }

  return {
    caughtUp() {
      const target = broker.lastPosition;
      if (position >= target) return Promise.resolve();
      return new Promise((resolve) => waiting.push({ position: target, resolve }));
    },
    instance: (key) => instances.get(key),
    instances: (search) => instances.search(search),
    userTask: (key) => userTasks.get(key),
    userTasks: (search) => userTasks.search(search),
    incident: (key) => incidents.get(key),
    incidents: (search) => incidents.search(search),
    decisionInstance(decisionEvaluationKey, index) {
      const position = evaluations.get(decisionEvaluationKey);
      if (position === undefined) return undefined;
      const row = decisionInstances.get(position * DECISIONS_PER_EVALUATION + index - 1);
      return row?.decisionEvaluationKey === decisionEvaluationKey ? row : undefined;
    },
    decisionInstances: (search) => decisionInstances.search(search),
    events,
    run: (key) => foldRun(events(key)),
    async ownerOf(key, has) {
      for await (const { processInstanceKey, lastKey } of instances.downFrom(key)) {
        if (lastKey < key) continue;
        const run = foldRun(events(processInstanceKey));
        if (has(run)) return run;
      }
      return undefined;
    },
    async *runs(matches, first = 'newest') {
      const rows = first === 'newest' ? instances.downFrom(Number.MAX_SAFE_INTEGER - 1) : instances.upwards();
      for await (const row of rows) {
        if (!matches(row)) continue;
        yield foldRun(events(row.processInstanceKey));
        await new Promise<void>((resolve) => setImmediate(resolve));
      }
    },
    elementName({ processDefinitionKey, bpmnProcessId, elementId }) {
      const deployed = broker.queries.process(processDefinitionKey);
      if (!deployed) return elementId;
      const model = models.get(String(processDefinitionKey), bpmnProcessId, () => deployed.resource);
      return model.elements.get(elementId)?.name || elementId;
    },
    async close() {
      unsubscribe();
      cancelCheckpoint?.();
      await checkpointing.catch(() => {});
      await store.checkpoint(position);
      await store.close();
    },
  };
}

function instanceOf(record: AnyRecord): number | undefined {
  const { processInstanceKey } = record.value as { processInstanceKey?: number };
  return processInstanceKey !== undefined && processInstanceKey > 0 ? processInstanceKey : undefined;
}
