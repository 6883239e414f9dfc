import type { EvaluationWarning } from './expression.ts';
import { Abort } from './values/failure.ts';
import { FeelFunction } from './values/function.ts';
import type { Context, Value } from './values/value.ts';

/**
 * How much one evaluation may do: a step for each turn of a loop, each call and each item made, one for 16 characters, more where
 * the work of one is more. It is counted and not timed, so that the same expression gives the same everywhere.
 */
export const MOST_STEPS = 4_000_000;
/** Steps of an operation whose result is exact digits, a date or a duration: made of large integers, it takes about as long. */
export const EXACT_STEPS = 16;
/** How deep functions may call one another. */
const DEEPEST_CALL = 200;
/** More warnings say nothing new. */
const MOST_WARNINGS = 1000;

/** One evaluation under way. */
export class Evaluation {
  readonly warnings: EvaluationWarning[] = [];
  readonly now: number;
  readonly #lookUp: (name: string) => Value | undefined;
  #steps = 0;
  #calls = 0;
  /** What `assert` found first. */
  assertion: string | undefined;

  constructor(lookUp: (name: string) => Value | undefined, now: number) {
    this.#lookUp = lookUp;
    this.now = now;
  }

  variable(name: string): Value | undefined {
    return this.#lookUp(name);
  }

  warn(code: string, message: string): void {
    this.charge(1 + message.length / 16);
    if (this.warnings.length < MOST_WARNINGS) this.warnings.push({ code, message });
  }

  charge(steps: number): void {
    this.#steps += steps;
    if (this.#steps > MOST_STEPS)
      throw new Abort(`Expected at most ${MOST_STEPS} steps, but the evaluation takes more`);
  }

  called<T>(run: () => T): T {
    this.charge(1);
    if (++this.#calls > DEEPEST_CALL)
      throw new Abort(
        `Expected functions that call one another at most ${DEEPEST_CALL} deep, but they go deeper`,
      );
    try {
      return run();
    } finally {
      this.#calls--;
    }
  }
}

/** Names that an expression binds, in front of those around it. */
export interface Frame {
  readonly evaluation: Evaluation;
  readonly outer: Frame | undefined;
  /** Absent at the outermost frame, which has the variables. */
  readonly names: Context | undefined;
  /** Functions of a context are called by their name and not read; a bound function is read and not called. */
  readonly isContext: boolean;
}

export function outermost(evaluation: Evaluation): Frame {
  return { evaluation, outer: undefined, names: undefined, isContext: false };
}

export function within(outer: Frame, names: Context, isContext: boolean): Frame {
  return { evaluation: outer.evaluation, outer, names, isContext };
}

export function variableIn(frame: Frame, name: string): Value | undefined {
  let at: Frame | undefined = frame;
  for (; at; at = at.outer) {
    if (at.names && Object.hasOwn(at.names, name)) {
      const value = at.names[name]!;
      if (!at.isContext || !(value instanceof FeelFunction)) return value;
    }
  }
  return frame.evaluation.variable(name);
}

/** A function of the expression itself. */
export function functionIn(frame: Frame, name: string): FeelFunction | undefined {
  for (let at: Frame | undefined = frame; at; at = at.outer) {
    if (!at.isContext || !at.names || !Object.hasOwn(at.names, name)) continue;
    const value = at.names[name];
    if (value instanceof FeelFunction) return value;
  }
  return undefined;
}
