import type { ExecutableCatchEvent } from '../executable.ts';
import { child, idOf, type XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { catchTrigger } from './trigger.ts';

export function intermediateCatchEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableCatchEvent | undefined {
  const trigger = child(element, 'bpmn:linkEventDefinition')
    ? ({ kind: 'link' } as const)
    : catchTrigger(context, element);
  if (!trigger) return undefined;
  const waitsAtGateway = context.structure
    .incoming(idOf(element))
    .some(
      (flow) =>
        context.structure.nodes.get(flow.attributes.sourceRef ?? '')?.name === 'bpmn:eventBasedGateway',
    );
  return { ...base(context, element), type: 'INTERMEDIATE_CATCH_EVENT', trigger, waitsAtGateway };
}
