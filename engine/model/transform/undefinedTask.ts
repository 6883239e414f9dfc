import type { ExecutablePassedTask } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function undefinedTask(context: TransformContext, element: XmlElement): ExecutablePassedTask {
  return { ...base(context, element), type: 'TASK' };
}
