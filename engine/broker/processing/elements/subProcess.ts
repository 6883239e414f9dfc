import { ok } from '@baton/engine/protocol';
import { closeBoundaryEvents, openBoundaryEvents } from '../behaviors/boundaryEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { activateChild, activated, completed, terminateScope } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** A scope of its own: its variables vanish with it, except what its output mappings bring out. */
export const subProcess: ElementProcessor<'SUB_PROCESS'> = {
  activate(element, context) {
    const inputs = applyInputMappings(element, context);
    if (!inputs.ok) return inputs;
    const opened = openBoundaryEvents(element, context);
    if (!opened.ok) return opened;
    activated(context);
    activateChild(context, context.process.elements.get(element.noneStartEvent!)!);
    return ok();
  },
  complete(element, context) {
    const outputs = applyOutputMappings(element, context);
    if (!outputs.ok) return outputs;
    closeBoundaryEvents(element, context);
    completed(context, element.outgoing);
    return ok();
  },
  terminate(element, context) {
    closeBoundaryEvents(element, context);
    dropIncident(context);
    terminateScope(element, context);
  },
};
