import type { Routes } from '../route.ts';
import { deployments } from './deployments.ts';
import { elementInstances } from './elementInstances.ts';
import { incidents } from './incidents.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages.ts';
import { processDefinitions } from './processDefinitions.ts';
import { processInstances } from './processInstances.ts';
import { records } from './records.ts';
import { signals } from './signals.ts';
import { topology } from './topology.ts';
import { userTasks } from './userTasks.ts';
import { variables } from './variables.ts';

/** Every resource of the API. */
export const routes: Routes = {
  ...topology,
  ...deployments,
  ...processDefinitions,
  ...processInstances,
  ...elementInstances,
  ...variables,
  ...incidents,
  ...userTasks,
  ...jobs,
  ...messages,
  ...signals,
  ...records,
};
