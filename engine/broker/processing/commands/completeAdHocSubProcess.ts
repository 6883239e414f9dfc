import { ok } from '@baton/engine/protocol';
import { complete, endAll } from '../behaviors/adHocSubProcesses.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** The worker of an ad-hoc sub-process says that it is enough: what still runs is ended, or waited for. */
export const completeAdHocSubProcess: CommandProcessor<'AD_HOC_SUB_PROCESS_INSTRUCTION'> = (
  { key, value },
  context,
) => {
  const { adHocSubProcessInstanceKey, cancelRemainingInstances, completionConditionFulfilled } = value;
  const instance = reach(context.state.elementInstances.get(adHocSubProcessInstanceKey), context);
  if (instance?.state !== 'ACTIVATED')
    return refuse(
      'NOT_FOUND',
      `Expected to complete ad-hoc sub-process but no active ad-hoc sub-process instance found with key '${adHocSubProcessInstanceKey}'.`,
    );
  context.event('AD_HOC_SUB_PROCESS_INSTRUCTION', 'COMPLETED', key, value);
  if (!completionConditionFulfilled) return ok();
  if (instance.children === 0) complete(instance, context);
  else if (cancelRemainingInstances) endAll(instance, context);
  return ok();
};
