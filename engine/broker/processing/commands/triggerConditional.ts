import { ok } from '@baton/engine/protocol';
import { isOpen, isWaiting } from '../behaviors/catchEvents.ts';
import { endless, MAX_THROW_DEPTH } from '../behaviors/endlessThrows.ts';
import { triggerEvent } from '../behaviors/eventTriggers.ts';
import { contextOf } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** A condition was fulfilled when one of its variables changed, or when its event began to wait. */
export const triggerConditional: CommandProcessor<'CONDITIONAL_SUBSCRIPTION'> = ({ key }, processing) => {
  const { state } = processing;
  const subscription = reach(state.conditionalSubscriptions.get(key), processing);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to trigger conditional subscription with key '${key}', but no such subscription was found`,
    );
  const { value } = subscription;
  const instance = state.elementInstances.get(value.elementInstanceKey);
  const context = instance && contextOf(instance, processing);
  if (!context || !isWaiting(context.key, processing) || !isOpen(context))
    return refuse(
      'INVALID_STATE',
      `Expected to trigger conditional subscription with key '${key}', but its element is not active anymore`,
    );
  // what changed the variable cannot be stopped any more, so the whole instance is
  if (processing.throwDepth > MAX_THROW_DEPTH)
    throw new Error(endless(`the event of the condition '${value.condition}'`));
  processing.event('CONDITIONAL_SUBSCRIPTION', 'TRIGGERED', key, value);
  triggerEvent(value.catchEventId, {}, context);
  return ok();
};
