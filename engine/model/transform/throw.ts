import type { ThrowDefinition } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';
import { signal } from './trigger.ts';

/** What an event throws, in the middle or at the end; undefined where the rules report what is missing. */
export function throwDefinition(context: TransformContext, element: XmlElement): ThrowDefinition | undefined {
  if (child(element, 'bpmn:messageEventDefinition')) {
    const definition = jobDefinition(context, element);
    return definition && { kind: 'job', ...definition };
  }
  if (child(element, 'bpmn:signalEventDefinition')) return signal(context, element);
  const escalation = child(element, 'bpmn:escalationEventDefinition');
  if (escalation) {
    const declared = context.structure.root('bpmn:escalation', escalation.attributes.escalationRef ?? '');
    const escalationCode = declared && expression(context, escalation, declared.attributes.escalationCode);
    return escalationCode && { kind: 'escalation', escalationCode };
  }
  const compensation = child(element, 'bpmn:compensateEventDefinition');
  if (compensation)
    return { kind: 'compensation', activity: compensation.attributes.activityRef || undefined };
  const error = child(element, 'bpmn:errorEventDefinition');
  if (!error) return { kind: 'none' };
  const declared = context.structure.root('bpmn:error', error.attributes.errorRef ?? '');
  const errorCode = declared && expression(context, error, declared.attributes.errorCode);
  return errorCode && { kind: 'error', errorCode };
}
