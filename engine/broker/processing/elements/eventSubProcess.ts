import { ok } from '@baton/engine/protocol';
import { collectFrom } from '../behaviors/adHocSubProcesses.ts';
import { closeEventsOf } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { applyInputMappings, applyOutputMappings } from '../behaviors/mappings.ts';
import { enterTriggeredStart } from '../behaviors/startEvents.ts';
import { activateChild, activated, completed, terminateScope } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Begins at its start event when that is triggered, in the scope that it stands in. */
export const eventSubProcess: ElementProcessor<'EVENT_SUB_PROCESS'> = {
  prepare: applyInputMappings,
  activate(element, context) {
    activated(context);
    if (!enterTriggeredStart(element, context))
      activateChild(context, context.process.elements.get(element.triggeredStartEvents[0]!)!);
    return ok();
  },
  conclude(element, context) {
    const concluded = applyOutputMappings(element, context);
    return concluded.ok ? collectFrom(context) : concluded;
  },
  complete(_element, context) {
    completed(context, []);
  },
  terminate(element, context) {
    closeEventsOf(element, context);
    dropIncident(context);
    terminateScope(element, context);
  },
};
