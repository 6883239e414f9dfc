import type { CatchTrigger } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import type { TransformContext } from './context.ts';
import { timer } from './timer.ts';

/** What an event waits for, whatever kind of event it is; undefined where the rules report what is missing. */
export function catchTrigger(context: TransformContext, event: XmlElement): CatchTrigger | undefined {
  const timed = child(event, 'bpmn:timerEventDefinition');
  const definition = timed && timer(context, timed);
  return definition && { kind: 'timer', timer: definition };
}
