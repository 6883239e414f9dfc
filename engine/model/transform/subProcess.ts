import type { ExecutableContainer } from '../executable.ts';
import { isEventSubProcess } from '../structure.ts';
import type { XmlElement } from '../xml/read.ts';
import type { TransformContext } from './context.ts';
import { container } from './process.ts';

export function subProcess(context: TransformContext, element: XmlElement): ExecutableContainer {
  return container(context, element, isEventSubProcess(element) ? 'EVENT_SUB_PROCESS' : 'SUB_PROCESS');
}
