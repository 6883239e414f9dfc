import type { BoundaryTrigger, ExecutableBoundaryEvent } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { catchTrigger } from './trigger.ts';

export function boundaryEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableBoundaryEvent | undefined {
  const trigger = triggerOf(context, element);
  if (!trigger) return undefined;
  return {
    ...base(context, element),
    type: 'BOUNDARY_EVENT',
    attachedTo: element.attributes.attachedToRef ?? '',
    interrupting: element.attributes.cancelActivity !== 'false',
    trigger,
  };
}

/** undefined where the rules report what is missing. */
function triggerOf(context: TransformContext, element: XmlElement): BoundaryTrigger | undefined {
  const escalation = child(element, 'bpmn:escalationEventDefinition');
  if (escalation) {
    const declared = context.structure.root('bpmn:escalation', escalation.attributes.escalationRef ?? '');
    return { kind: 'escalation', escalationCode: declared?.attributes.escalationCode || undefined };
  }
  const error = child(element, 'bpmn:errorEventDefinition');
  if (!error) return catchTrigger(context, element);
  const declared = context.structure.root('bpmn:error', error.attributes.errorRef ?? '');
  return { kind: 'error', errorCode: declared?.attributes.errorCode || undefined };
}
