import type { ExecutableThrowEvent } from '../executable.ts';
import { catchLinks } from '../structure.ts';
import { child, idOf, nameOf, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function intermediateThrowEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableThrowEvent | undefined {
  const event = eventOf(element);
  return event && { ...base(context, element), type: 'INTERMEDIATE_THROW_EVENT', event };
}

/** undefined where the rules report what is missing. */
function eventOf(element: XmlElement): ExecutableThrowEvent['event'] | undefined {
  const link = child(element, 'bpmn:linkEventDefinition');
  if (!link) return { kind: 'none' };
  const [target] = catchLinks(element.parent!, nameOf(link));
  return target && { kind: 'link', target: idOf(target) };
}
