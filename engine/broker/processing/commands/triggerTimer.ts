import type { ElementOf } from '@baton/engine/model';
import { ok } from '@baton/engine/protocol';
import { triggerBoundaryEvent } from '../behaviors/boundaryEvents.ts';
import { contextOf } from '../elementContext.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** A cycle goes on from its due date, not from now: it does not drift. */
export const triggerTimer: CommandProcessor<'TIMER'> = ({ key }, context) => {
  const timer = reach(context.state.timers.get(key), context);
  const instance = timer && context.state.elementInstances.get(timer.value.elementInstanceKey);
  if (!timer || !instance)
    return refuse('NOT_FOUND', `Expected to trigger timer with key '${key}', but no such timer was found`);
  const { value } = timer;
  if (value.dueDate > context.now)
    return refuse('INVALID_STATE', `Expected to trigger timer with key '${key}', but it is not due`);
  context.event('TIMER', 'TRIGGERED', key, value);
  const attachedTo = contextOf(instance, context);
  const event = attachedTo.process.elements.get(value.targetElementId) as ElementOf<'BOUNDARY_EVENT'>;
  triggerBoundaryEvent(event, {}, attachedTo);
  if (!event.interrupting && value.repetitions !== 1)
    context.event('TIMER', 'CREATED', context.nextKey(), {
      ...value,
      dueDate: value.dueDate + value.interval,
      repetitions: value.repetitions === -1 ? -1 : value.repetitions - 1,
    });
  return ok();
};
