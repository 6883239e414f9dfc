import type { ExecutableCatchEvent } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function intermediateCatchEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableCatchEvent | undefined {
  const trigger = triggerOf(element);
  return trigger && { ...base(context, element), type: 'INTERMEDIATE_CATCH_EVENT', trigger };
}

/** undefined where the rules report what is missing. */
function triggerOf(element: XmlElement): ExecutableCatchEvent['trigger'] | undefined {
  return child(element, 'bpmn:linkEventDefinition') && { kind: 'link' };
}
