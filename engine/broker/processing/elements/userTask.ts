import type { ElementOf } from '@baton/engine/model';
import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { cancelJob, createJob } from '../behaviors/jobs.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import {
  assignAtCreation,
  cancelUserTask,
  createUserTask,
  evaluateUserTask,
  userTaskJob,
} from '../behaviors/userTasks.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Work that a person does: a task of the broker, or, in the older form, a job that a task list fetches. */
export const userTask: ElementProcessor<'USER_TASK'> = {
  prepare: applyInputMappings,
  activate(task, context) {
    const properties = evaluateUserTask(task, context);
    if (!properties.ok) return properties;
    const opened = openBoundaryEvents(task, context);
    if (!opened.ok) return opened;
    if (isJob(task)) {
      createJob(userTaskJob(task, properties.value), context);
      activated(context);
      return ok();
    }
    const created = createUserTask(task, properties.value, context);
    activated(context);
    assignAtCreation(created, properties.value.assignee, context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(task, context) {
    closeBoundaryEvents(task, context);
    completed(context, task.outgoing);
  },
  terminate(task, context) {
    if (isJob(task)) cancelJob(context);
    else cancelUserTask(context);
    closeBoundaryEvents(task, context);
    dropIncident(context);
    terminated(task, context);
  },
};

const isJob = (task: ElementOf<'USER_TASK'>) => task.implementation === 'job';
