import type { JobDefinition } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { expression, type TransformContext } from './context.ts';
import { taskHeaders } from './taskHeaders.ts';

const DEFAULT_RETRIES = '3';

/** `zeebe:taskDefinition` with its headers; undefined where the rule `taskDefinition` reports what is missing. */
export function jobDefinition(context: TransformContext, element: XmlElement): JobDefinition | undefined {
  const definition = extension(element, 'taskDefinition');
  if (!definition) return undefined;
  const jobType = expression(context, definition, definition.attributes.type);
  const retries = expression(context, definition, definition.attributes.retries || DEFAULT_RETRIES);
  return jobType && retries && { jobType, retries, headers: taskHeaders(element) };
}
