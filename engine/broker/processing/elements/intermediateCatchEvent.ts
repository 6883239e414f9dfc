import { ok } from '@baton/engine/protocol';
import { closeEvents, openEvents } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, requestCompletion, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Waits for its event, unless that has come already by a link. Behind an event-based gateway it is entered by its event. */
export const intermediateCatchEvent: ElementProcessor<'INTERMEDIATE_CATCH_EVENT'> = {
  prepare: applyInputMappings,
  activate(event, context) {
    if (event.trigger.kind === 'link') {
      activated(context);
      requestCompletion(context);
      return ok();
    }
    const opened = openEvents([event.id], context);
    if (!opened.ok) return opened;
    activated(context);
    return ok();
  },
  conclude(event, context) {
    const mapped = applyOutputMappings(event, context);
    if (mapped.ok) closeEvents(context);
    return mapped;
  },
  complete(event, context) {
    completed(context, event.outgoing);
  },
  terminate(event, context) {
    closeEvents(context);
    dropIncident(context);
    terminated(event, context);
  },
};
