import {
  type ExecutableUserTask,
  type JobDefinition,
  type TaskListenerEvent,
  taskListenerEvents,
} from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

const DEFAULT_RETRIES = '3';

/** Events as models name them, today and formerly. */
export const listenerEvents: { readonly [eventType: string]: TaskListenerEvent } = {
  ...(Object.fromEntries(taskListenerEvents.map((event) => [event, event])) as {
    [E in TaskListenerEvent]: E;
  }),
  create: 'creating',
  assignment: 'assigning',
  update: 'updating',
  complete: 'completing',
  cancel: 'canceling',
};

/** `zeebe:taskListeners`, for each event in the order of the file; an event without listeners is absent. */
export function taskListeners(
  context: TransformContext,
  element: XmlElement,
): ExecutableUserTask['taskListeners'] {
  const all = childrenNamed(extension(element, 'taskListeners'), 'zeebe:taskListener');
  const found: { [event: string]: JobDefinition[] } = {};
  for (const event of taskListenerEvents) {
    for (const listener of all) {
      if (listenerEvents[listener.attributes.eventType ?? ''] !== event) continue;
      const jobType = expression(context, listener, listener.attributes.type);
      const retries = expression(context, listener, listener.attributes.retries || DEFAULT_RETRIES);
      if (!jobType || !retries) continue;
      found[event] = [...(found[event] ?? []), { jobType, retries, headers: {} }];
    }
  }
  return found;
}
