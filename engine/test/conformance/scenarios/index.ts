import type { Scenarios } from '../scenario.ts';
import { adHocSubProcesses } from './adHocSubProcesses.ts';
import { adHocWorkers } from './adHocWorkers.ts';
import { callActivities } from './callActivities.ts';
import { calls } from './calls.ts';
import { compensation } from './compensation.ts';
import { conditionalEvents } from './conditionalEvents.ts';
import { correlations } from './correlations.ts';
import { creations } from './creations.ts';
import { decisions } from './decisions.ts';
import { deletions } from './deletions.ts';
import { deployments } from './deployments.ts';
import { errors } from './errors.ts';
import { escalations } from './escalations.ts';
import { eventGateways } from './eventGateways.ts';
import { eventSubProcesses } from './eventSubProcesses.ts';
import { executionListeners } from './executionListeners.ts';
import { expressions } from './expressions.ts';
import { forms } from './forms.ts';
import { gateways } from './gateways.ts';
import { incidents } from './incidents.ts';
import { incidentTypes } from './incidentTypes.ts';
import { inclusiveGateways } from './inclusiveGateways.ts';
import { jobs } from './jobs.ts';
import { linkedResources } from './linkedResources.ts';
import { mappings } from './mappings.ts';
import { messageEvents } from './messageEvents.ts';
import { messages } from './messages.ts';
import { migrations } from './migrations.ts';
import { modifications } from './modifications.ts';
import { multiInstances } from './multiInstances.ts';
import { numbers } from './numbers.ts';
import { operationReferences } from './operationReferences.ts';
import { refusedEvents } from './refusedEvents.ts';
import { refusedModels } from './refusedModels.ts';
import { signals } from './signals.ts';
import { sizes } from './sizes.ts';
import { stoppedMigrations } from './stoppedMigrations.ts';
import { subProcesses } from './subProcesses.ts';
import { taskListeners } from './taskListeners.ts';
import { tasks } from './tasks.ts';
import { throwEvents } from './throwEvents.ts';
import { timerEvents } from './timerEvents.ts';
import { timers } from './timers.ts';
import { userTasks } from './userTasks.ts';
import { variables } from './variables.ts';
import { wholeFiles } from './wholeFiles.ts';

/** Every scenario; a file is a subject. */
export const scenarios: Scenarios = {
  ...tasks,
  ...gateways,
  ...subProcesses,
  ...adHocSubProcesses,
  ...adHocWorkers,
  ...userTasks,
  ...eventSubProcesses,
  ...compensation,
  ...errors,
  ...timers,
  ...variables,
  ...numbers,
  ...expressions,
  ...jobs,
  ...incidents,
  ...messages,
  ...conditionalEvents,
  ...deployments,
  ...wholeFiles,
  ...decisions,
  ...forms,
  ...deletions,
  ...refusedModels,
  ...refusedEvents,
  ...calls,
  ...creations,
  ...modifications,
  ...migrations,
  ...callActivities,
  ...escalations,
  ...eventGateways,
  ...executionListeners,
  ...inclusiveGateways,
  ...mappings,
  ...messageEvents,
  ...multiInstances,
  ...signals,
  ...throwEvents,
  ...timerEvents,
  ...incidentTypes,
  ...taskListeners,
  ...correlations,
  ...operationReferences,
  ...linkedResources,
  ...stoppedMigrations,
  ...sizes,
};
