import { Special } from './special.ts';
import type { Value } from './value.ts';

/** What stands in place of a value that could not be had. Most that use it give null, some pass it on. */
export class Failure extends Special {
  readonly type = 'error' as never;
  readonly message: string;

  constructor(message: string) {
    super();
    this.message = message;
  }

  toString(): string {
    return `error("${this.message}")`;
  }

  toJson(): Value {
    return null;
  }
}

/** Ends the evaluation: the message goes into the incident. */
export class Abort extends Error {}

/** `?` was asked for where no unary test is. */
export class InputMissing extends Abort {}
