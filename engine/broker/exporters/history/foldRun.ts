import type { AnyRecord } from '@baton/engine/protocol';
import type { ElementRow, JobRow, MessageSubscriptionRow, TakenFlowRow, VariableRow } from './rows.ts';

/** One process instance as its records tell it. */
export interface Run {
  /** Oldest first, without the process itself. */
  elements: ElementRow[];
  variables: VariableRow[];
  /** In the order taken; a flow taken twice stands there twice. */
  flows: TakenFlowRow[];
  jobs: JobRow[];
  /** What waited for a message, or still does. */
  subscriptions: MessageSubscriptionRow[];
  /** What a message came to, once for each time. */
  correlated: MessageSubscriptionRow[];
}

export function foldRun(events: Iterable<AnyRecord>): Run {
  const elements = new Map<number, ElementRow>();
  const variables = new Map<string, VariableRow>();
  const flows: TakenFlowRow[] = [];
  const jobs = new Map<number, JobRow>();
  const subscriptions = new Map<number, MessageSubscriptionRow>();
  const correlated: MessageSubscriptionRow[] = [];
  for (const event of events) {
    switch (event.valueType) {
      case 'PROCESS_INSTANCE':
        foldElement(event, elements, flows);
        break;
      case 'VARIABLE': {
        const { name, value, scopeKey, processInstanceKey, processDefinitionKey } = event.value;
        const { tenantId } = event;
        const id = `${scopeKey} ${name}`;
        const known = variables.get(id);
        if (event.intent === 'MIGRATED') {
          if (known) variables.set(id, { ...known, processDefinitionKey });
          break;
        }
        const variableKey = known?.variableKey ?? event.key;
        variables.set(id, {
          variableKey,
          name,
          value,
          scopeKey,
          processInstanceKey,
          processDefinitionKey,
          tenantId,
        });
        break;
      }
      case 'INCIDENT': {
        const element = elements.get(event.value.elementInstanceKey);
        if (element && event.intent !== 'MIGRATED')
          element.incidentKey = event.intent === 'CREATED' ? event.key : undefined;
        break;
      }
      case 'JOB':
        foldJob(event, jobs);
        break;
      case 'PROCESS_MESSAGE_SUBSCRIPTION':
        foldSubscription(event, subscriptions, correlated);
        break;
    }
  }
  return {
    elements: [...elements.values()],
    variables: [...variables.values()],
    flows,
    jobs: [...jobs.values()],
    subscriptions: [...subscriptions.values()],
    correlated,
  };
}

const jobStates: { [intent: string]: JobRow['state'] } = {
  CREATED: 'CREATED',
  COMPLETED: 'COMPLETED',
  FAILED: 'FAILED',
  ERROR_THROWN: 'ERROR_THROWN',
  TIMED_OUT: 'TIMED_OUT',
  RETRIES_UPDATED: 'RETRIES_UPDATED',
  CANCELED: 'CANCELED',
  MIGRATED: 'MIGRATED',
};

function foldJob(event: Extract<AnyRecord, { valueType: 'JOB' }>, jobs: Map<number, JobRow>): void {
  const { variables: _, ...value } = event.value;
  const before = jobs.get(event.key);
  const state = jobStates[event.intent] ?? before?.state ?? 'CREATED';
  const ended = state === 'COMPLETED' || state === 'CANCELED' || state === 'ERROR_THROWN';
  jobs.set(event.key, {
    ...value,
    jobKey: event.key,
    state,
    creationTime: before?.creationTime ?? event.timestamp,
    endTime: ended ? (before?.endTime ?? event.timestamp) : undefined,
    tenantId: event.tenantId,
  });
}

function foldSubscription(
  event: Extract<AnyRecord, { valueType: 'PROCESS_MESSAGE_SUBSCRIPTION' }>,
  subscriptions: Map<number, MessageSubscriptionRow>,
  correlated: MessageSubscriptionRow[],
): void {
  const { variables: _, ...value } = event.value;
  const { key: subscriptionKey, timestamp: time, tenantId } = event;
  const state =
    event.intent === 'CORRELATED' ? 'CORRELATED' : event.intent === 'DELETED' ? 'DELETED' : 'CREATED';
  const row: MessageSubscriptionRow = { ...value, subscriptionKey, state, time, tenantId };
  subscriptions.set(subscriptionKey, row);
  if (state === 'CORRELATED') correlated.push(row);
}

function foldElement(
  event: Extract<AnyRecord, { valueType: 'PROCESS_INSTANCE' }>,
  elements: Map<number, ElementRow>,
  flows: TakenFlowRow[],
): void {
  const {
    bpmnElementType,
    elementId,
    processInstanceKey,
    processDefinitionKey,
    bpmnProcessId,
    flowScopeKey,
  } = event.value;
  const { tenantId } = event;
  if (bpmnElementType === 'SEQUENCE_FLOW') {
    flows.push({ flowId: elementId, processInstanceKey, processDefinitionKey, bpmnProcessId, tenantId });
    return;
  }
  if (bpmnElementType === 'PROCESS') return;
  const element = elements.get(event.key);
  if (!element) {
    elements.set(event.key, {
      elementInstanceKey: event.key,
      processInstanceKey,
      processDefinitionKey,
      bpmnProcessId,
      elementId,
      type: bpmnElementType,
      state: 'ACTIVE',
      startTime: event.timestamp,
      endTime: undefined,
      scopeKey: flowScopeKey,
      incidentKey: undefined,
      tenantId,
    });
  } else if (event.intent === 'ELEMENT_MIGRATED') {
    Object.assign(element, { processDefinitionKey, bpmnProcessId, elementId });
  } else if (event.intent === 'ELEMENT_COMPLETED' || event.intent === 'ELEMENT_TERMINATED') {
    element.state = event.intent === 'ELEMENT_COMPLETED' ? 'COMPLETED' : 'TERMINATED';
    element.endTime = event.timestamp;
    element.incidentKey = undefined;
  }
}
