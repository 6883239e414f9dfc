import { ok } from '@baton/engine/protocol';
import { returnToCaller } from '../behaviors/calledInstances.ts';
import { closeEventsOf } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { answerAwaitedResult } from '../behaviors/results.ts';
import { enterTriggeredStart } from '../behaviors/startEvents.ts';
import { activateChild, activated, completed, terminateScope } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

export const process: ElementProcessor<'PROCESS'> = {
  activate(element, context) {
    activated(context);
    if (!enterTriggeredStart(element, context))
      activateChild(context, context.process.elements.get(element.noneStartEvent!)!);
    return ok();
  },
  complete(_element, context) {
    answerAwaitedResult(context);
    const goOn = returnToCaller(context);
    completed(context, []);
    goOn();
  },
  terminate(element, context) {
    closeEventsOf(element, context);
    dropIncident(context);
    terminateScope(element, context);
  },
};
