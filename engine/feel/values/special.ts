import type { Value } from './value.ts';

/** Types of values as `instance of` names them. */
export type SpecialType =
  | 'number'
  | 'date'
  | 'time'
  | 'date and time'
  | 'days and time duration'
  | 'years and months duration'
  | 'range'
  | 'function';

/** A value that JSON has no form for. */
export abstract class Special {
  abstract readonly type: SpecialType;
  /** As FEEL writes it. */
  abstract toString(): string;
  /** As it stands in variables. */
  abstract toJson(): Value;
  /** The value of `a.name`; undefined when it has no such property. */
  property(name: string): Value | undefined {
    return this.properties.includes(name) ? null : undefined;
  }
  /** In the order in which messages list them. */
  get properties(): readonly string[] {
    return [];
  }
}
