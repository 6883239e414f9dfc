import { ok } from '@baton/engine/protocol';
import { closeEvents, openEvents } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, requestCompletion, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Waits for its event, unless that has come already: at a gateway, or by a link. */
export const intermediateCatchEvent: ElementProcessor<'INTERMEDIATE_CATCH_EVENT'> = {
  activate(event, context) {
    const inputs = applyInputMappings(event, context);
    if (!inputs.ok) return inputs;
    if (event.waitsAtGateway || event.trigger.kind === 'link') {
      activated(context);
      requestCompletion(context);
      return ok();
    }
    const opened = openEvents([event.id], context);
    if (!opened.ok) return opened;
    activated(context);
    return ok();
  },
  complete(event, context) {
    const outputs = applyOutputMappings(event, context);
    if (!outputs.ok) return outputs;
    closeEvents(context);
    completed(context, event.outgoing);
    return ok();
  },
  terminate(event, context) {
    closeEvents(context);
    dropIncident(context);
    terminated(event, context);
  },
};
