import { ok } from '@baton/engine/protocol';
import { isWaiting } from '../behaviors/catchEvents.ts';
import { triggerEvent } from '../behaviors/eventTriggers.ts';
import { newInstance, startInstance } from '../behaviors/startEvents.ts';
import { contextOf } from '../elementContext.ts';
import type { CommandProcessor } from '../types.ts';

/** All who wait for the signal now get it; nobody later. */
export const broadcastSignal: CommandProcessor<'SIGNAL'> = ({ value }, context) => {
  const { state, tenantId } = context;
  const key = context.nextKey();
  context.event('SIGNAL', 'BROADCASTED', key, value);
  context.respond({ valueType: 'SIGNAL', intent: 'BROADCASTED', key, value });
  for (const { value: waiting } of [...state.signalSubscriptions.waiting(tenantId, value.signalName)]) {
    const { catchEventInstanceKey, catchEventId, processDefinitionKey } = waiting;
    if (catchEventInstanceKey < 0) {
      const process = state.processes.get(processDefinitionKey);
      if (process) startInstance(newInstance(process, context), catchEventId, value.variables, context);
      continue;
    }
    const instance = state.elementInstances.get(catchEventInstanceKey);
    if (instance && isWaiting(instance.key, context))
      triggerEvent(catchEventId, value.variables, contextOf(instance, context));
  }
  return ok();
};
