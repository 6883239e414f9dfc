import type { ExecutableParallelGateway } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';

export function parallelGateway(context: TransformContext, element: XmlElement): ExecutableParallelGateway {
  return { ...base(context, element), type: 'PARALLEL_GATEWAY' };
}
