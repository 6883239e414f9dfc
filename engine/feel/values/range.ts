import { describe } from './kinds.ts';
import { Special } from './special.ts';
import type { Value } from './value.ts';

export interface Boundary {
  value: Value;
  included: boolean;
}

export class Range extends Special {
  readonly type = 'range';
  readonly start: Boundary;
  readonly end: Boundary;

  constructor(start: Boundary, end: Boundary) {
    super();
    this.start = start;
    this.end = end;
  }

  toString(): string {
    const { start, end } = this;
    return `${start.included ? '[' : '('}${describe(start.value)}..${describe(end.value)}${end.included ? ']' : ')'}`;
  }

  toJson(): Value {
    return null;
  }
}
