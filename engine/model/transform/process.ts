import type { ExecutableContainer } from '../executable.ts';
import { eventDefinitions, isEventSubProcess } from '../structure.ts';
import { child, childrenNamed, extension, idOf, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

/** The process itself, and sub-processes, which differ from it in nothing but their place. */
export function container(
  context: TransformContext,
  element: XmlElement,
  type: ExecutableContainer['type'],
): ExecutableContainer {
  const starts = childrenNamed(element, 'bpmn:startEvent');
  const isNone = (event: XmlElement) => eventDefinitions(event).length === 0;
  const none = starts.find(isNone);
  return {
    ...base(context, element),
    type,
    noneStartEvent: none && idOf(none),
    triggeredStartEvents: starts.filter((event) => !isNone(event)).map(idOf),
    handlers: handlersOf(element),
  };
}

/** Start events of the event sub-processes in a container. */
export function handlersOf(element: XmlElement): string[] {
  return childrenNamed(element, 'bpmn:subProcess')
    .filter(isEventSubProcess)
    .flatMap((handler) => childrenNamed(handler, 'bpmn:startEvent').map(idOf));
}

export function versionTag(process: XmlElement): string {
  return child(child(process, 'bpmn:extensionElements'), 'zeebe:versionTag')?.attributes.value ?? '';
}

export function startFormId(process: XmlElement): string {
  const none = childrenNamed(process, 'bpmn:startEvent').find(
    (event) => eventDefinitions(event).length === 0,
  );
  return (none && extension(none, 'formDefinition')?.attributes.formId) ?? '';
}
