import type { ModelProblem } from '@baton/engine/model';
import type { Problem } from '../api/index.ts';

/** A problem of a model as the Problems panel takes it. */
export function problemView({ path, line, column, offset, ...rest }: ModelProblem): Problem {
  return {
    ...rest,
    path: [...path],
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(offset === undefined ? {} : { offset }),
  };
}
