import type { Feel } from '@baton/engine/feel';
import type { BrokerQueries, DeployedProcess } from '../broker.ts';
import { type AdHocSubProcesses, createAdHocSubProcesses } from './adHocSubProcesses.ts';
import { type AwaitedResults, createAwaitedResults } from './awaitedResults.ts';
import { type BatchOperations, createBatchOperations } from './batchOperations.ts';
import {
  type CompensationSubscriptions,
  createCompensationSubscriptions,
} from './compensationSubscriptions.ts';
import { type ConditionalSubscriptions, createConditionalSubscriptions } from './conditionalSubscriptions.ts';
import { createDecisions, type Decisions } from './decisions.ts';
import { createElementInstances, type ElementInstances } from './elementInstances.ts';
import { createEventTriggers, type EventTriggers } from './eventTriggers.ts';
import { createForms, type Forms } from './forms.ts';
import { createIncidents, type Incidents } from './incidents.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createMessageStartEvents, type MessageStartEvents } from './messageStartEvents.ts';
import { createMessageSubscriptions, type MessageSubscriptions } from './messageSubscriptions.ts';
import { createMessages, type Messages } from './messages.ts';
import { createMultiInstances, type MultiInstances } from './multiInstances.ts';
import { createProcesses, type Process, type Processes } from './processes.ts';
import { createResources, type Resources } from './resources.ts';
import { createSignalSubscriptions, type SignalSubscriptions } from './signalSubscriptions.ts';
import type { Store } from './store.ts';
import { createTimers, type Timers } from './timers.ts';
import { createUserTasks, type UserTasks } from './userTasks.ts';
import { createVariables, type Variables } from './variables.ts';
import type { Versions } from './versions.ts';

/** `stateLayout` of the broker's domain. */
export const STATE_LAYOUT = 2;

/** All that the broker knows, one domain a file. Only appliers change it. */
export interface State {
  readonly processes: Processes;
  readonly decisions: Decisions;
  readonly forms: Forms;
  readonly resources: Resources;
  readonly elementInstances: ElementInstances;
  readonly multiInstances: MultiInstances;
  readonly adHocSubProcesses: AdHocSubProcesses;
  readonly variables: Variables;
  readonly eventTriggers: EventTriggers;
  readonly jobs: Jobs;
  readonly timers: Timers;
  readonly incidents: Incidents;
  readonly userTasks: UserTasks;
  readonly messages: Messages;
  readonly messageSubscriptions: MessageSubscriptions;
  readonly messageStartEvents: MessageStartEvents;
  readonly signalSubscriptions: SignalSubscriptions;
  readonly conditionalSubscriptions: ConditionalSubscriptions;
  readonly compensationSubscriptions: CompensationSubscriptions;
  readonly awaitedResults: AwaitedResults;
  readonly batchOperations: BatchOperations;
}

/** Typed tables over a store; `feel` parses the expressions when a process is made ready from its XML. */
export function createState(store: Store, feel: Feel): State {
  const elementInstances = createElementInstances(store);
  return {
    processes: createProcesses(store, feel),
    decisions: createDecisions(store, feel),
    forms: createForms(store),
    resources: createResources(store),
    elementInstances,
    multiInstances: createMultiInstances(store),
    adHocSubProcesses: createAdHocSubProcesses(store),
    variables: createVariables(store, elementInstances),
    eventTriggers: createEventTriggers(store),
    jobs: createJobs(store),
    timers: createTimers(store),
    incidents: createIncidents(store),
    userTasks: createUserTasks(store),
    messages: createMessages(store),
    messageSubscriptions: createMessageSubscriptions(store),
    messageStartEvents: createMessageStartEvents(store),
    signalSubscriptions: createSignalSubscriptions(store),
    conditionalSubscriptions: createConditionalSubscriptions(store),
    compensationSubscriptions: createCompensationSubscriptions(store),
    awaitedResults: createAwaitedResults(store),
    batchOperations: createBatchOperations(store),
  };
}

/** The read-only look that the query doors have. */
export function createQueries(state: State): BrokerQueries {
  const deployed = ({ key, tenantId, value }: Process): DeployedProcess => ({
    processDefinitionKey: key,
    bpmnProcessId: value.bpmnProcessId,
    name: state.processes.executable(key).name,
    version: value.version,
    versionTag: value.versionTag,
    resourceName: value.resourceName,
    resource: value.resource,
    tenantId,
    deploymentKey: value.deploymentKey,
    startFormId: state.processes.executable(key).startFormId,
  });
  return {
    process(processDefinitionKey) {
      const { processes } = state;
      const process = processes.get(processDefinitionKey) ?? processes.deleted(processDefinitionKey);
      return process && deployed(process);
    },
    batchOperation: (key) => state.batchOperations.get(key),
    batchOperations: () => state.batchOperations.all(),
    batchOperationItems: (key) => state.batchOperations.items(key),
    *processes() {
      for (const process of state.processes.all()) yield deployed(process);
      for (const process of state.processes.allDeleted()) yield deployed(process);
    },
    decision: (key) => known(state.decisions.versions, key),
    decisions: () => everyOne(state.decisions.versions),
    decisionRequirements: (key) => known(state.decisions.requirements, key),
    allDecisionRequirements: () => everyOne(state.decisions.requirements),
    form: (key) => known(state.forms, key),
    latestForm: (tenantId, formId) => state.forms.latest(tenantId, formId),
    resource: (key) => state.resources.get(key),
  };
}

function known<V>(versions: Versions<V>, key: number) {
  return versions.get(key) ?? versions.deleted(key);
}

function* everyOne<V>(versions: Versions<V>) {
  yield* versions.all();
  yield* versions.allDeleted();
}
