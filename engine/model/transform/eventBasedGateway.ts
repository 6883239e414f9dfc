import type { ExecutableEventBasedGateway } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function eventBasedGateway(
  context: TransformContext,
  element: XmlElement,
): ExecutableEventBasedGateway {
  const gateway = base(context, element);
  return { ...gateway, type: 'EVENT_BASED_GATEWAY', events: gateway.outgoing.map(({ target }) => target) };
}
