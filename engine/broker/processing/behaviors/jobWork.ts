import type { ExecutableElement, JobDefinition } from '@baton/engine/model';
import { ok, type Result } from '@baton/engine/protocol';
import type { ElementContext } from '../elementContext.ts';
import type { Failure } from '../types.ts';
import { closeBoundaryEvents, openBoundaryEvents } from './boundaryEvents.ts';
import { dropIncident } from './incidents.ts';
import { cancelJob, createJob, evaluateJob } from './jobs.ts';
import { applyInputMappings, applyOutputMappings } from './mappings.ts';
import { activated, completed, terminated } from './transitions.ts';

/** An element's work begins as a job for a worker. */
export function beginJob(
  element: ExecutableElement,
  work: JobDefinition,
  context: ElementContext,
): Result<void, Failure> {
  const job = evaluateJob(work, context);
  if (!job.ok) return job;
  const opened = openBoundaryEvents(element, context);
  if (!opened.ok) return opened;
  createJob(job.value, context);
  activated(context);
  return ok();
}

/** The steps around the work, the same for every task that a job worker may do. */
export const aroundWork = {
  prepare: applyInputMappings,
  conclude: applyOutputMappings,
  complete(element: ExecutableElement, context: ElementContext): void {
    completed(context, element.outgoing);
  },
  terminate(element: ExecutableElement, context: ElementContext): void {
    cancelJob(context);
    closeBoundaryEvents(element, context);
    dropIncident(context);
    terminated(element, context);
  },
};
