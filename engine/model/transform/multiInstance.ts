import type { ExecutableElement } from '../executable.ts';
import { child, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

/** The activity as it is, or the body around it when it has the marker; undefined where the rules report a fault. */
export function multiInstance(
  context: TransformContext,
  element: XmlElement,
  activity: ExecutableElement,
): ExecutableElement | undefined {
  const marker = child(element, 'bpmn:multiInstanceLoopCharacteristics');
  if (!marker) return activity;
  const loop = extension(marker, 'loopCharacteristics');
  if (!loop) return undefined;
  const { inputElement, outputCollection, outputElement } = loop.attributes;
  const inputCollection = expression(context, loop, loop.attributes.inputCollection);
  if (!inputCollection) return undefined;
  const output = expression(context, loop, outputElement);
  const condition = child(marker, 'bpmn:completionCondition');
  const { compensation, ...plain } = activity;
  const { id, name, scopeId, outgoing, incoming, boundaryEvents } = plain;
  return {
    id,
    name,
    type: 'MULTI_INSTANCE_BODY',
    scopeId,
    outgoing,
    incoming,
    inputMappings: undefined,
    outputMappings: undefined,
    startListeners: [],
    endListeners: [],
    boundaryEvents,
    ...(compensation && { compensation }),
    inner: { ...plain, outgoing: [], incoming: [], boundaryEvents: [] },
    sequential: marker.attributes.isSequential === 'true',
    inputCollection,
    inputElement: inputElement || undefined,
    output: outputCollection && output ? { collection: outputCollection, element: output } : undefined,
    completionCondition: condition && expression(context, condition, condition.text.trim()),
  };
}
