import type { BpmnElement, JobDefinition } from '../executable.ts';
import { childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

const DEFAULT_RETRIES = '3';

/** `zeebe:executionListeners`, in the order of the file. */
export function executionListeners(
  context: TransformContext,
  element: XmlElement,
): Pick<BpmnElement, 'startListeners' | 'endListeners'> {
  const all = childrenNamed(extension(element, 'executionListeners'), 'zeebe:executionListener');
  const of = (eventType: string) =>
    all.flatMap((listener): JobDefinition[] => {
      if (listener.attributes.eventType !== eventType) return [];
      const jobType = expression(context, listener, listener.attributes.type);
      const retries = expression(context, listener, listener.attributes.retries || DEFAULT_RETRIES);
      return jobType && retries ? [{ jobType, retries, headers: {} }] : [];
    });
  return { startListeners: of('start'), endListeners: of('end') };
}
