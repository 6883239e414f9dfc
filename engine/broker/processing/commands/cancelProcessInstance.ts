import { ok } from '@baton/engine/protocol';
import { rootInstanceOf } from '../behaviors/calledInstances.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const cancelProcessInstance: CommandProcessor<'PROCESS_INSTANCE'> = ({ key }, processing) => {
  const instance = reach(processing.state.elementInstances.get(key), processing);
  if (instance?.value.bpmnElementType !== 'PROCESS' || instance.state === 'TERMINATING')
    return refuse(
      'NOT_FOUND',
      `Expected to cancel a process instance with key '${key}', but no such process was found`,
    );
  const { value } = instance;
  if (value.parentProcessInstanceKey > 0)
    return refuse(
      'INVALID_STATE',
      `Expected to cancel a process instance with key '${key}', but it is created by a parent process instance. Cancel the root process instance '${rootInstanceOf(value, processing.state)}' instead.`,
    );
  processing.command('PROCESS_INSTANCE', 'TERMINATE_ELEMENT', key, value);
  processing.respond({ valueType: 'PROCESS_INSTANCE', intent: 'ELEMENT_TERMINATING', key, value });
  return ok();
};
