import { ok, type TimerValue } from '@baton/engine/protocol';
import { isOpen } from '../behaviors/catchEvents.ts';
import { triggerEvent } from '../behaviors/eventTriggers.ts';
import { nextFiring } from '../behaviors/schedules.ts';
import { newInstance, startInstance } from '../behaviors/startEvents.ts';
import { contextOf } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor, ProcessingContext } from '../types.ts';

export const triggerTimer: CommandProcessor<'TIMER'> = ({ key }, context) => {
  const timer = reach(context.state.timers.get(key), context);
  const fire = timer && firing(timer.value, context);
  if (!timer || !fire)
    return refuse('NOT_FOUND', `Expected to trigger timer with key '${key}', but no such timer was found`);
  const { value } = timer;
  if (value.dueDate > context.now)
    return refuse('INVALID_STATE', `Expected to trigger timer with key '${key}', but it is not due`);
  if (isTooLate(value, context))
    return refuse(
      'INVALID_STATE',
      `Expected to trigger a timer with key '${key}', but the timer is not active anymore`,
    );
  context.event('TIMER', 'TRIGGERED', key, value);
  const goesOn = fire();
  const next = goesOn && value.repetitions !== 1 ? nextFiring(value, context.now) : undefined;
  if (next !== undefined)
    context.event('TIMER', 'CREATED', context.nextKey(), {
      ...value,
      dueDate: next,
      repetitions: value.repetitions === -1 ? -1 : value.repetitions - 1,
    });
  return ok();
};

/** The element is on its way out, or was interrupted. */
function isTooLate({ elementInstanceKey }: TimerValue, processing: ProcessingContext): boolean {
  const instance = processing.state.elementInstances.get(elementInstanceKey);
  return instance !== undefined && !isOpen(contextOf(instance, processing));
}

/** What the timer sets off, which tells whether its element waits on; undefined when nobody waits for it. */
function firing(value: TimerValue, processing: ProcessingContext): (() => boolean) | undefined {
  const { state } = processing;
  const { elementInstanceKey, processDefinitionKey, targetElementId } = value;
  if (elementInstanceKey < 0) {
    const process = state.processes.get(processDefinitionKey);
    if (!process) return undefined;
    return () => {
      startInstance(newInstance(process, processing), targetElementId, {}, processing);
      return true;
    };
  }
  const instance = state.elementInstances.get(elementInstanceKey);
  return instance && (() => triggerEvent(targetElementId, {}, contextOf(instance, processing)));
}
