import { ok } from '@baton/engine/protocol';
import { closeEvents, openEvents } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Waits for a message. */
export const receiveTask: ElementProcessor<'RECEIVE_TASK'> = {
  prepare: applyInputMappings,
  activate(task, context) {
    const opened = openEvents([task.id, ...task.boundaryEvents], context);
    if (!opened.ok) return opened;
    activated(context);
    return ok();
  },
  conclude(task, context) {
    const mapped = applyOutputMappings(task, context);
    if (mapped.ok) closeEvents(context);
    return mapped;
  },
  complete(task, context) {
    completed(context, task.outgoing);
  },
  terminate(task, context) {
    closeEvents(context);
    dropIncident(context);
    terminated(task, context);
  },
};
