import type { ExecutableJobTask } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { job } from './job.ts';

export function sendTask(context: TransformContext, element: XmlElement): ExecutableJobTask | undefined {
  const definition = job(context, element);
  return definition && { ...base(context, element), type: 'SEND_TASK', ...definition };
}
