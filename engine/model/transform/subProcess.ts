import type { ExecutableContainer } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import type { TransformContext } from './context.ts';
import { container } from './process.ts';

export function subProcess(context: TransformContext, element: XmlElement): ExecutableContainer {
  return container(context, element, 'SUB_PROCESS');
}
