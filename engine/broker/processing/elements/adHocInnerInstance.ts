import { ok } from '@baton/engine/protocol';
import { adHocOf, collect, isEnough } from '../behaviors/adHocSubProcesses.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { completed, terminateScope } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** One way through an ad-hoc sub-process: begins with the element that was activated, and ends where its flows end. */
export const adHocInnerInstance: ElementProcessor<'AD_HOC_SUB_PROCESS_INNER_INSTANCE'> = {
  activate: () => ok(),
  conclude(_inner, context) {
    const { processing, value } = context;
    const scope = processing.state.elementInstances.get(value.flowScopeKey)!;
    const adHoc = adHocOf(scope, processing);
    const collected = collect(adHoc, context);
    if (!collected.ok) return collected;
    // the incident of a condition that cannot be read stands here, where the path waits
    const enough = isEnough(adHoc, context.key, processing);
    return enough.ok ? ok() : enough;
  },
  complete: (_inner, context) => completed(context, []),
  terminate(inner, context) {
    dropIncident(context);
    terminateScope(inner, context);
  },
};
