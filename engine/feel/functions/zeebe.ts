import { Failure } from '../values/failure.ts';
import { describe } from '../values/kinds.ts';
import { isNumber, numberText } from '../values/number.ts';
import { DayTimeDuration, YearMonthDuration } from '../values/temporal/duration.ts';
import type { Value } from '../values/value.ts';
import { type Builtin, builtin, type Functions } from './builtin.ts';

const parameters = ['value', 'description', 'type', 'schema', 'options'];

/** What the engine adds to FEEL. */
export const zeebe: Functions = {
  // marks what a model may fill in
  fromAi: parameters.map((_, index): Builtin => builtin(parameters.slice(0, index + 1), ([value]) => value!)),
  cycle: [
    builtin(['interval'], ([interval]) =>
      isInterval(interval!)
        ? `R/${interval}`
        : new Failure(
            `cycle function expected an interval (duration) parameter, but found '${describe(interval!)}'`,
          ),
    ),
    builtin(['repetitions', 'interval'], ([repetitions, interval]) => {
      if (isInterval(interval!)) {
        if (repetitions === null) return `R/${interval}`;
        if (isNumber(repetitions!)) return `R${numberText(repetitions)}/${interval}`;
      }
      return new Failure(
        `cycle function expected a repetitions (number) and an interval (duration) parameter, but found '${describe([repetitions!, interval!])}'`,
      );
    }),
  ],
};

function isInterval(value: Value): boolean {
  return value instanceof DayTimeDuration || value instanceof YearMonthDuration;
}
