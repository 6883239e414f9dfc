import type { ExecutableExclusiveGateway } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function exclusiveGateway(context: TransformContext, element: XmlElement): ExecutableExclusiveGateway {
  return {
    ...base(context, element),
    type: 'EXCLUSIVE_GATEWAY',
    defaultFlow: context.flows.get(element.attributes.default ?? ''),
  };
}
