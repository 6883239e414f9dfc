import type { Routes } from '../route.ts';
import { batchOperations } from './batchOperations.ts';
import { clock } from './clock.ts';
import { conditionals } from './conditionals.ts';
import { decisionDefinitions } from './decisionDefinitions.ts';
import { decisionInstances } from './decisionInstances.ts';
import { decisionRequirements } from './decisionRequirements.ts';
import { deployments } from './deployments.ts';
import { documents } from './documents.ts';
import { elementInstances } from './elementInstances.ts';
import { identity } from './identity.ts';
import { incidents } from './incidents.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages.ts';
import { processDefinitions } from './processDefinitions.ts';
import { processInstanceChanges } from './processInstanceChanges.ts';
import { processInstances } from './processInstances.ts';
import { records } from './records.ts';
import { resources } from './resources.ts';
import { signals } from './signals.ts';
import { topology } from './topology.ts';
import { usageMetrics } from './usageMetrics.ts';
import { userTasks } from './userTasks.ts';
import { variables } from './variables.ts';

/** Every resource of the API. */
export const routes: Routes = {
  ...topology,
  ...clock,
  ...deployments,
  ...processDefinitions,
  ...decisionDefinitions,
  ...decisionRequirements,
  ...decisionInstances,
  ...resources,
  ...processInstances,
  ...processInstanceChanges,
  ...batchOperations,
  ...elementInstances,
  ...variables,
  ...incidents,
  ...userTasks,
  ...jobs,
  ...messages,
  ...signals,
  ...conditionals,
  ...documents,
  ...identity,
  ...usageMetrics,
  ...records,
};
