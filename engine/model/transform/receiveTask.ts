import type { ExecutableReceiveTask } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { message } from './trigger.ts';

export function receiveTask(
  context: TransformContext,
  element: XmlElement,
): ExecutableReceiveTask | undefined {
  const trigger = message(context, element);
  return trigger && { ...base(context, element), type: 'RECEIVE_TASK', trigger };
}
