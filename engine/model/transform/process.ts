import type { ExecutableContainer } from '../executable.ts';
import { child, childrenNamed, idOf, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

/** The process itself, and sub-processes, which differ from it in nothing but their place. */
export function container(
  context: TransformContext,
  element: XmlElement,
  type: ExecutableContainer['type'],
): ExecutableContainer {
  const start = childrenNamed(element, 'bpmn:startEvent').find(
    (event) => !event.children.some((one) => one.name.endsWith('EventDefinition')),
  );
  return { ...base(context, element), type, noneStartEvent: start && idOf(start) };
}

export function versionTag(process: XmlElement): string {
  return child(child(process, 'bpmn:extensionElements'), 'zeebe:versionTag')?.attributes.value ?? '';
}
