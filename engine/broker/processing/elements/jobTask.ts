import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { cancelJob, createJob, evaluateJob } from '../behaviors/jobs.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Work that a job worker does; sending a message is such work. */
export const jobTask: ElementProcessor<'SERVICE_TASK' | 'SEND_TASK'> = {
  prepare: applyInputMappings,
  activate(task, context) {
    const job = evaluateJob(task, context);
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
