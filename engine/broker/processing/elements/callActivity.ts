import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { createCalledInstance, findCalledProcess } from '../behaviors/calledInstances.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Runs another process as an instance of its own, and goes on when that has ended. */
export const callActivity: ElementProcessor<'CALL_ACTIVITY'> = {
  prepare: applyInputMappings,
  activate(activity, context) {
    const called = findCalledProcess(activity, context);
    if (!called.ok) return called;
    const opened = openBoundaryEvents(activity, context);
    if (!opened.ok) return opened;
    activated(context);
    createCalledInstance(activity, called.value, context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(activity, context) {
    completed(context, activity.outgoing);
  },
  terminate(activity, context) {
    const { elementInstances } = context.processing.state;
    closeBoundaryEvents(activity, context);
    dropIncident(context);
    const called = elementInstances.get(elementInstances.get(context.key)?.calledInstanceKey ?? -1);
    if (!called) terminated(activity, context);
    else if (called.state !== 'TERMINATING')
      context.processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', called.key, called.value);
  },
};
