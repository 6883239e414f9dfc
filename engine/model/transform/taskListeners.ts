import type { Expression, Feel } from '@baton/engine/feel';
import {
  type ExecutableUserTask,
  type JobDefinition,
  type TaskListenerEvent,
  taskListenerEvents,
} from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { type TransformContext, unparsed } from './context.ts';

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
      found[event] = [...(found[event] ?? []), listenerJob(context.feel, listener.attributes)];
    }
  }
  return found;
}

/** What cannot be parsed is deployed all the same, and stops the task where the listener is called (as observed). */
function listenerJob(feel: Feel, { type = '', retries }: XmlElement['attributes']): JobDefinition {
  const jobType = feel.parse(type);
  const count = feel.parse(retries || DEFAULT_RETRIES);
  const faults = [jobType, count].flatMap((one, index) =>
    one.ok ? [] : [unparsed([type, retries][index] ?? '', one.failure)],
  );
  return {
    jobType: jobType.ok ? jobType.value : unknown,
    retries: count.ok ? count.value : unknown,
    headers: {},
    ...(faults[0] !== undefined && { fault: faults[0] }),
  };
}

const unknown: Expression = { kind: 'static', text: '', value: '' };
