import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { evaluate } from '../behaviors/expressions.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { cancelJob, createJob, evaluateJob } from '../behaviors/jobs.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { completeTask } from '../behaviors/tasks.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** An expression whose value becomes a variable, or the work of a job worker. */
export const scriptTask: ElementProcessor<'SCRIPT_TASK'> = {
  prepare: applyInputMappings,
  activate(task, context) {
    const { work } = task;
    if (work.kind === 'script') {
      const result = evaluate(work.script, context.key, context.processing);
      if (!result.ok) return result;
      activated(context);
      completeTask(context.key, { [work.resultVariable]: result.value.value }, context.processing);
      return ok();
    }
    const job = evaluateJob(work, context);
    if (!job.ok) return job;
    const opened = openBoundaryEvents(task, context);
    if (!opened.ok) return opened;
    createJob(job.value, context);
    activated(context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(task, context) {
    completed(context, task.outgoing);
  },
  terminate(task, context) {
    cancelJob(context);
    closeBoundaryEvents(task, context);
    dropIncident(context);
    terminated(task, context);
  },
};
