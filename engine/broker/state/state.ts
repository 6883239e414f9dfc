import type { Feel } from '@baton/engine/feel';
import { type AwaitedResults, createAwaitedResults } from './awaitedResults.ts';
import { type BannedInstances, createBannedInstances } from './bannedInstances.ts';
import { createElementInstances, type ElementInstances } from './elementInstances.ts';
import { createEventTriggers, type EventTriggers } from './eventTriggers.ts';
import { createIncidents, type Incidents } from './incidents.ts';
import { createJobs, type Jobs } from './jobs.ts';
import { createKeys, type Keys } from './keys.ts';
import { createMessages, type Messages } from './messages.ts';
import { createProcesses, type Processes } from './processes.ts';
import type { Store } from './store.ts';
import { createTimers, type Timers } from './timers.ts';
import { createUserTasks, type UserTasks } from './userTasks.ts';
import { createVariables, type Variables } from './variables.ts';

/** All that the broker knows, one domain a file. Only appliers change it. */
export interface State {
  readonly keys: Keys;
  readonly processes: Processes;
  readonly elementInstances: ElementInstances;
  readonly variables: Variables;
  readonly eventTriggers: EventTriggers;
  readonly jobs: Jobs;
  readonly timers: Timers;
  readonly incidents: Incidents;
  readonly userTasks: UserTasks;
  readonly messages: Messages;
  readonly awaitedResults: AwaitedResults;
  readonly bannedInstances: BannedInstances;
}

/** Typed tables over a store; `feel` parses the expressions when a process is made ready from its XML. */
export function createState(store: Store, feel: Feel): State {
  const elementInstances = createElementInstances(store);
  return {
    keys: createKeys(store),
    processes: createProcesses(store, feel),
    elementInstances,
    variables: createVariables(store, elementInstances),
    eventTriggers: createEventTriggers(store),
    jobs: createJobs(store),
    timers: createTimers(store),
    incidents: createIncidents(store),
    userTasks: createUserTasks(store),
    messages: createMessages(store),
    awaitedResults: createAwaitedResults(store),
    bannedInstances: createBannedInstances(store),
  };
}
