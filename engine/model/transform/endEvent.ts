import type { ExecutableEndEvent } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function endEvent(context: TransformContext, element: XmlElement): ExecutableEndEvent {
  return { ...base(context, element), type: 'END_EVENT', event: { kind: 'none' } };
}
