import { adHocSubProcesses } from './adHocSubProcesses.ts';
import { bindings } from './bindings.ts';
import { boundaryEvents } from './boundaryEvents.ts';
import { callActivities } from './callActivities.ts';
import { calledDecisions } from './calledDecisions.ts';
import { caughtTwice, startedTwice } from './caughtTwice.ts';
import { compensation } from './compensation.ts';
import { conditionalEvents } from './conditionalEvents.ts';
import { conditions } from './conditions.ts';
import { defaultFlow } from './defaultFlow.ts';
import { errorCodes } from './errorCodes.ts';
import { escalations } from './escalations.ts';
import { eventBasedGateways } from './eventBasedGateways.ts';
import { eventSubProcesses } from './eventSubProcesses.ts';
import { executionListeners } from './executionListeners.ts';
import { flowEnds } from './flowEnds.ts';
import { forms } from './forms.ts';
import { identifiers } from './identifiers.ts';
import { intermediateEvents } from './intermediateEvents.ts';
import { ioMappings } from './ioMappings.ts';
import { linkedResources } from './linkedResources.ts';
import { links } from './links.ts';
import { messages } from './messages.ts';
import { multiInstances } from './multiInstances.ts';
import { namedEvents } from './namedEvents.ts';
import { reachability } from './reachability.ts';
import { references } from './references.ts';
import type { FileRule, Rule } from './rule.ts';
import { sharedEventDefinitions } from './sharedEventDefinitions.ts';
import { signals } from './signals.ts';
import { startEvents } from './startEvents.ts';
import { straightThroughLoop } from './straightThroughLoop.ts';
import { supportedElements } from './supportedElements.ts';
import { taskDefinition } from './taskDefinition.ts';
import { taskHeaders } from './taskHeaders.ts';
import { taskListeners } from './taskListeners.ts';
import { timers } from './timers.ts';
import { userTasks } from './userTasks.ts';

/** Every rule about what stands beside the processes. */
export const fileRules: readonly FileRule[] = [namedEvents, sharedEventDefinitions];

/** Every rule about a process, each in its file; what they find in one element is told in this order. */
export const rules: readonly Rule[] = [
  supportedElements,
  identifiers,
  references,
  caughtTwice,
  conditions,
  startEvents,
  eventSubProcesses,
  adHocSubProcesses,
  flowEnds,
  taskDefinition,
  taskHeaders,
  callActivities,
  calledDecisions,
  forms,
  linkedResources,
  bindings,
  executionListeners,
  taskListeners,
  multiInstances,
  defaultFlow,
  boundaryEvents,
  startedTwice,
  eventBasedGateways,
  intermediateEvents,
  compensation,
  errorCodes,
  escalations,
  messages,
  signals,
  conditionalEvents,
  links,
  timers,
  userTasks,
  ioMappings,
  straightThroughLoop,
  reachability,
];
