import { Special } from './special.ts';
import type { Value } from './value.ts';

export class FeelFunction extends Special {
  readonly type = 'function';
  readonly parameters: readonly string[];
  readonly body: (values: readonly Value[]) => Value;

  constructor(parameters: readonly string[], body: (values: readonly Value[]) => Value) {
    super();
    this.parameters = parameters;
    this.body = body;
  }

  toString(): string {
    return `function(${this.parameters.join(', ')})`;
  }

  toJson(): Value {
    return null;
  }
}
