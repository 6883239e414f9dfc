import type { ExecutableInclusiveGateway } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function inclusiveGateway(context: TransformContext, element: XmlElement): ExecutableInclusiveGateway {
  return {
    ...base(context, element),
    type: 'INCLUSIVE_GATEWAY',
    defaultFlow: context.flows.get(element.attributes.default ?? ''),
  };
}
