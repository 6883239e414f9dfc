import { Special } from '../special.ts';
import type { Value } from '../value.ts';
import { dateOf, daysOf, lengthOfMonth, pad, weekdayOf } from './calendar.ts';

const FURTHEST_YEAR = 999_999_999;

export class LocalDate extends Special {
  readonly type = 'date';
  /** Since 1970-01-01. */
  readonly days: number;

  constructor(days: number) {
    super();
    this.days = days;
  }

  /** undefined when there is no such day. */
  static of(year: number, month: number, day: number): LocalDate | undefined {
    if (Math.abs(year) > FURTHEST_YEAR || month < 1 || month > 12) return undefined;
    if (day < 1 || day > lengthOfMonth(year, month)) return undefined;
    return new LocalDate(daysOf(year, month, day));
  }

  get parts() {
    return dateOf(this.days);
  }

  /** A day that the month does not have becomes its last. */
  plusMonths(months: number): LocalDate {
    const { year, month, day } = this.parts;
    const total = year * 12 + month - 1 + months;
    const [newYear, newMonth] = [Math.floor(total / 12), (((total % 12) + 12) % 12) + 1];
    return new LocalDate(daysOf(newYear, newMonth, Math.min(day, lengthOfMonth(newYear, newMonth))));
  }

  toString(): string {
    const { year, month, day } = this.parts;
    const size = pad(Math.abs(year), 4);
    return `${year < 0 ? '-' : ''}${size}-${pad(month, 2)}-${pad(day, 2)}`;
  }

  toJson(): Value {
    const text = this.toString();
    return /^\d{5}/.test(text) ? `+${text}` : text;
  }

  override get properties() {
    return ['year', 'month', 'day', 'weekday'];
  }

  override property(name: string): Value | undefined {
    if (name === 'weekday') return weekdayOf(this.days);
    return name === 'year' || name === 'month' || name === 'day' ? this.parts[name] : undefined;
  }
}
