import type { ExecutableEndEvent } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { base, expression, type TransformContext } from './context.ts';

export function endEvent(context: TransformContext, element: XmlElement): ExecutableEndEvent | undefined {
  const event = eventOf(context, element);
  return event && { ...base(context, element), type: 'END_EVENT', event };
}

/** undefined where the rules report what is missing. */
function eventOf(context: TransformContext, element: XmlElement): ExecutableEndEvent['event'] | undefined {
  if (child(element, 'bpmn:terminateEventDefinition')) return { kind: 'terminate' };
  const error = child(element, 'bpmn:errorEventDefinition');
  if (!error) return { kind: 'none' };
  const declared = context.structure.root('bpmn:error', error.attributes.errorRef ?? '');
  const errorCode = declared && expression(context, error, declared.attributes.errorCode);
  return errorCode && { kind: 'error', errorCode };
}
