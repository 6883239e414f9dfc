import type { Scenarios } from '../scenario.ts';
import { calls } from './calls.ts';
import { compensation } from './compensation.ts';
import { decisions } from './decisions.ts';
import { deletions } from './deletions.ts';
import { deployments } from './deployments.ts';
import { errors } from './errors.ts';
import { eventSubProcesses } from './eventSubProcesses.ts';
import { expressions } from './expressions.ts';
import { forms } from './forms.ts';
import { gateways } from './gateways.ts';
import { incidents } from './incidents.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages.ts';
import { migrations } from './migrations.ts';
import { modifications } from './modifications.ts';
import { refusedEvents } from './refusedEvents.ts';
import { refusedModels } from './refusedModels.ts';
import { subProcesses } from './subProcesses.ts';
import { tasks } from './tasks.ts';
import { timers } from './timers.ts';
import { variables } from './variables.ts';

/** Every scenario; a file is a subject. */
export const scenarios: Scenarios = {
  ...tasks,
  ...gateways,
  ...subProcesses,
  ...eventSubProcesses,
  ...compensation,
  ...errors,
  ...timers,
  ...variables,
  ...expressions,
  ...jobs,
  ...incidents,
  ...messages,
  ...deployments,
  ...decisions,
  ...forms,
  ...deletions,
  ...refusedModels,
  ...refusedEvents,
  ...calls,
  ...modifications,
  ...migrations,
};
