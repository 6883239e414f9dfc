import { ok } from '@baton/engine/protocol';
import { closeEventsOf } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activateChild, activated, completed, terminateScope } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** A scope of its own: its variables vanish with it, except what its output mappings bring out. */
export const subProcess: ElementProcessor<'SUB_PROCESS'> = {
  prepare: applyInputMappings,
  activate(element, context) {
    activated(context);
    activateChild(context, context.process.elements.get(element.noneStartEvent!)!);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(element, context) {
    completed(context, element.outgoing);
  },
  terminate(element, context) {
    closeEventsOf(element, context);
    dropIncident(context);
    terminateScope(element, context);
  },
};
