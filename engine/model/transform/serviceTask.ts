import type { ExecutableJobTask } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { base, expression, type TransformContext } from './context.ts';
import { taskHeaders } from './taskHeaders.ts';

const DEFAULT_RETRIES = '3';

export function serviceTask(context: TransformContext, element: XmlElement): ExecutableJobTask | undefined {
  const definition = extension(element, 'taskDefinition');
  // reported by the rule `taskDefinition`
  if (!definition) return undefined;
  const jobType = expression(context, definition, definition.attributes.type);
  const retries = expression(context, definition, definition.attributes.retries || DEFAULT_RETRIES);
  if (!jobType || !retries) return undefined;
  return {
    ...base(context, element),
    type: 'SERVICE_TASK',
    jobType,
    retries,
    headers: taskHeaders(element),
  };
}
