import type { Expression } from '@baton/engine/feel';
import {
  type BoundaryTrigger,
  type CatchTrigger,
  type ConditionTrigger,
  type StartTrigger,
  variableChanges,
} from '../executable.ts';
import { messageOf, signalOf } from '../structure.ts';
import { child, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';
import { timer } from './timer.ts';

/** What an event waits for, whatever kind of event it is; undefined where the rules report what is missing. */
export function catchTrigger(context: TransformContext, event: XmlElement): CatchTrigger | undefined {
  if (child(event, 'bpmn:messageEventDefinition')) return message(context, event);
  return signal(context, event) ?? conditional(context, event) ?? timed(context, event);
}

/** What an event that stands beside an activity or a scope waits for; undefined where the rules report what is missing. */
export function boundaryTrigger(context: TransformContext, element: XmlElement): BoundaryTrigger | undefined {
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

/** What begins an instance: a message may do so whatever its correlation key. */
export function startTrigger(context: TransformContext, event: XmlElement): StartTrigger | undefined {
  const declared = messageOf(context.structure, event);
  const name = declared && checked(context, declared.attributes.name);
  return name
    ? { kind: 'message', name }
    : (signal(context, event) ?? conditional(context, event) ?? timed(context, event));
}

/** A signal of one name, thrown or caught. */
export function signal(context: TransformContext, event: XmlElement) {
  const declared = signalOf(context.structure, event);
  const name = declared && checked(context, declared.attributes.name);
  return name && ({ kind: 'signal', name } as const);
}

/** What stands beside the processes is checked there, once. */
function checked({ feel }: TransformContext, text: string | undefined): Expression | undefined {
  const parsed = text ? feel.parse(text) : undefined;
  return parsed?.ok ? parsed.value : undefined;
}

function timed(context: TransformContext, event: XmlElement) {
  const definition = child(event, 'bpmn:timerEventDefinition');
  const time = definition && timer(context, definition);
  return time && ({ kind: 'timer', timer: time } as const);
}

/** A condition on variables; a filter narrows which changes of them count. */
function conditional(context: TransformContext, event: XmlElement): ConditionTrigger | undefined {
  const definition = child(event, 'bpmn:conditionalEventDefinition');
  const text = child(definition, 'bpmn:condition');
  const condition = text && expression(context, text, text.text.trim());
  if (!definition || !condition) return undefined;
  const filter = extension(definition, 'conditionalFilter');
  const names = listed(filter?.attributes.variableNames);
  const events = listed(filter?.attributes.variableEvents);
  const referenced = context.feel.references(condition);
  return {
    kind: 'conditional',
    condition,
    variables: names.length > 0 ? referenced.filter((name) => names.includes(name)) : referenced,
    changes:
      events.length > 0 ? variableChanges.filter((change) => events.includes(change)) : variableChanges,
  };
}

/** The parts of a text with commas between them. */
export function listed(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A message of one name and correlation key. */
export function message(
  context: TransformContext,
  node: XmlElement,
): Extract<CatchTrigger, { kind: 'message' }> | undefined {
  const declared = messageOf(context.structure, node);
  if (!declared) return undefined;
  const subscription = extension(declared, 'subscription');
  const name = checked(context, declared.attributes.name);
  const correlationKey = subscription && checked(context, subscription.attributes.correlationKey);
  return name && correlationKey && { kind: 'message', name, correlationKey };
}
