import type { TimerDefinition } from '../executable.ts';
import { child, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';

const kinds = {
  'bpmn:timeDuration': 'duration',
  'bpmn:timeDate': 'date',
  'bpmn:timeCycle': 'cycle',
} as const satisfies { [name: string]: TimerDefinition['kind'] };

/** The one child of a timer event definition that says when. */
export function timer(context: TransformContext, definition: XmlElement): TimerDefinition | undefined {
  for (const [name, kind] of Object.entries(kinds)) {
    const time = child(definition, name);
    const parsed = time && expression(context, definition, time.text.trim());
    if (parsed) return { kind, expression: parsed };
  }
  return undefined;
}
