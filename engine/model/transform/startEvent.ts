import type { ExecutableStartEvent } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function startEvent(context: TransformContext, element: XmlElement): ExecutableStartEvent {
  return { ...base(context, element), type: 'START_EVENT' };
}
