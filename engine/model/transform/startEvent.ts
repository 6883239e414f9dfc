import type { ExecutableStartEvent } from '../executable.ts';
import { eventDefinitions, isEventSubProcess } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { handlersOf } from './process.ts';
import { boundaryTrigger, startTrigger } from './trigger.ts';

export function startEvent(context: TransformContext, element: XmlElement): ExecutableStartEvent | undefined {
  const trigger = triggerOf(context, element);
  return (
    trigger && {
      ...base(context, element),
      type: 'START_EVENT',
      trigger,
      interrupting: isEventSubProcess(element.parent) && element.attributes.isInterrupting !== 'false',
      opens: handlersOf(element.parent!),
    }
  );
}

function triggerOf(
  context: TransformContext,
  element: XmlElement,
): ExecutableStartEvent['trigger'] | undefined {
  if (eventDefinitions(element).length === 0) return { kind: 'none' };
  return isEventSubProcess(element.parent)
    ? boundaryTrigger(context, element)
    : (startTrigger(context, element) ?? { kind: 'none' });
}
