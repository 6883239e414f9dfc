import type { BpmnElementType } from '@baton/engine/protocol';
import type { ExecutableElement, ExecutableProcess } from './executable.ts';

/** The element that records speak of: a body and its activity have the same id. */
export function elementAt(
  process: ExecutableProcess,
  { elementId, bpmnElementType }: { elementId: string; bpmnElementType: BpmnElementType },
): ExecutableElement {
  const element = process.elements.get(elementId);
  if (!element) throw new Error(`Expected process '${process.bpmnProcessId}' to have element '${elementId}'`);
  return element.type === 'MULTI_INSTANCE_BODY' && bpmnElementType !== 'MULTI_INSTANCE_BODY'
    ? element.inner
    : element;
}
