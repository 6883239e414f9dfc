/** Door `@baton/tools-registry/authoring`: what is wrong with a tool's source, without a server and without running it. */
import { createRequire } from 'node:module';
import { createTypeCheck, type TypeProblem } from './types/check.ts';

export { type StatedProblem, type StatedTool, statedIn } from './stated.ts';

/** Checks sources in this thread, one after the other. */
export function openTypeCheck(): (source: string, declarations: string) => TypeProblem[] {
  return createTypeCheck(createRequire(import.meta.url).resolve('typescript'));
}
