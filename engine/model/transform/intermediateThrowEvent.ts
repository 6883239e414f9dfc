import type { ExecutableThrowEvent } from '../executable.ts';
import { catchLinks } from '../structure.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { throwDefinition } from './throw.ts';

export function intermediateThrowEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableThrowEvent | undefined {
  const event = eventOf(context, element);
  return event && { ...base(context, element), type: 'INTERMEDIATE_THROW_EVENT', event };
}

/** undefined where the rules report what is missing. */
function eventOf(context: TransformContext, element: XmlElement): ExecutableThrowEvent['event'] | undefined {
  const link = child(element, 'bpmn:linkEventDefinition');
  if (!link) return throwDefinition(context, element);
  const [target] = catchLinks(element.parent!, nameOf(link));
  return target && { kind: 'link', target: idOf(target) };
}
