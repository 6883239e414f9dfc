import type { ExecutableEndEvent } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { throwDefinition } from './throw.ts';

export function endEvent(context: TransformContext, element: XmlElement): ExecutableEndEvent | undefined {
  const event = child(element, 'bpmn:terminateEventDefinition')
    ? ({ kind: 'terminate' } as const)
    : throwDefinition(context, element);
  return event && { ...base(context, element), type: 'END_EVENT', event };
}
