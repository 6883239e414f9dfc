import type { ElementOf } from '@baton/engine/model';
import { ok } from '@baton/engine/protocol';
import type { UserTask } from '../../state/userTasks.ts';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { dropIncident, raiseIncident } from '../behaviors/incidents.ts';
import { cancelJob, createJob } from '../behaviors/jobs.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import { createUserTask, evaluateUserTask, userTaskJob } from '../behaviors/userTasks.ts';
import { assignAtCreation, beginTransition, callListener } from '../behaviors/userTaskTransitions.ts';
import type { ElementContext, ElementProcessor } from '../elementContext.ts';

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
    create(createUserTask(task, properties.value, context), context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(task, context) {
    completed(context, task.outgoing);
  },
  terminate(task, context) {
    const begun = userTaskOf(context);
    if (!begun) cancelJob(context);
    closeBoundaryEvents(task, context);
    dropIncident(context);
    if (begun) beginTransition('CANCELING', begun.value, context.processing);
    else terminated(task, context);
  },
};

/** The task is there when its listeners have done their work; meanwhile the element is active. */
function create({ key, pending }: UserTask, context: ElementContext): void {
  const { processing } = context;
  const called = callListener(processing.state.userTasks.get(key)!, context);
  if (!called.ok) raiseIncident(called.failure, context);
  if (!called.ok || called.value || !pending) {
    activated(context);
    return;
  }
  processing.event('USER_TASK', 'CREATED', key, { ...pending, assignee: '' });
  activated(context);
  assignAtCreation(key, pending.assignee, processing);
}

function userTaskOf({ processing: { state }, key }: ElementContext): UserTask | undefined {
  return state.userTasks.get(state.elementInstances.get(key)?.userTaskKey ?? -1);
}

const isJob = (task: ElementOf<'USER_TASK'>) => task.implementation === 'job';
