import type { ExecutableBoundaryEvent } from '../executable.ts';
import { isCompensation } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { boundaryTrigger } from './trigger.ts';

export function boundaryEvent(
  context: TransformContext,
  element: XmlElement,
): ExecutableBoundaryEvent | undefined {
  const trigger = isCompensation(element)
    ? ({ kind: 'compensation' } as const)
    : boundaryTrigger(context, element);
  if (!trigger) return undefined;
  return {
    ...base(context, element),
    type: 'BOUNDARY_EVENT',
    attachedTo: element.attributes.attachedToRef ?? '',
    interrupting: element.attributes.cancelActivity !== 'false',
    trigger,
  };
}
