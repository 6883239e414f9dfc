import { ok } from '@baton/engine/protocol';
import { activateInner, adHocOf, endAll, unknownElements } from '../behaviors/adHocSubProcesses.ts';
import { contextOf } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Begins elements of an ad-hoc sub-process: asked for by its worker, or by a client. */
export const activateAdHocElements: CommandProcessor<'AD_HOC_SUB_PROCESS_INSTRUCTION'> = (
  { key, value },
  context,
) => {
  const { adHocSubProcessInstanceKey, activateElements, cancelRemainingInstances } = value;
  const instance = reach(context.state.elementInstances.get(adHocSubProcessInstanceKey), context);
  if (instance?.value.bpmnElementType !== 'AD_HOC_SUB_PROCESS')
    return refuse(
      'NOT_FOUND',
      `Expected to activate activities for ad-hoc sub-process but no ad-hoc sub-process instance found with key '${adHocSubProcessInstanceKey}'.`,
    );
  if (instance.state !== 'ACTIVATED')
    return refuse(
      'INVALID_STATE',
      `Expected to activate activities for ad-hoc sub-process with key '${instance.key}', but it is not active.`,
    );
  const adHoc = adHocOf(instance, context);
  const ids = activateElements.map(({ elementId }) => elementId);
  const unknown = unknownElements(adHoc.activatable, ids, instance.key);
  if (unknown) return refuse('NOT_FOUND', unknown);
  if (cancelRemainingInstances) endAll(instance, context);
  for (const activation of activateElements) activateInner(adHoc, activation, contextOf(instance, context));
  context.event('AD_HOC_SUB_PROCESS_INSTRUCTION', 'ACTIVATED', key, value);
  context.respond({ valueType: 'AD_HOC_SUB_PROCESS_INSTRUCTION', intent: 'ACTIVATED', key, value });
  return ok();
};
