import type { ExecutableScriptTask } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { base, expression, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';

export function scriptTask(context: TransformContext, element: XmlElement): ExecutableScriptTask | undefined {
  const work = workOf(context, element);
  return work && { ...base(context, element), type: 'SCRIPT_TASK', work };
}

/** undefined where the rules report what is missing. */
function workOf(context: TransformContext, element: XmlElement): ExecutableScriptTask['work'] | undefined {
  const definition = extension(element, 'script');
  if (definition) {
    const script = expression(context, definition, definition.attributes.expression);
    return script && { kind: 'script', script, resultVariable: definition.attributes.resultVariable ?? '' };
  }
  const job = jobDefinition(context, element);
  return job && { kind: 'job', ...job };
}
