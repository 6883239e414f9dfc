import type { ExecutableStartEvent } from '../executable.ts';
import { eventDefinitions } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { startTrigger } from './trigger.ts';

export function startEvent(context: TransformContext, element: XmlElement): ExecutableStartEvent | undefined {
  const isNone = eventDefinitions(element).length === 0;
  const trigger = isNone ? ({ kind: 'none' } as const) : startTrigger(context, element);
  return trigger && { ...base(context, element), type: 'START_EVENT', trigger };
}
