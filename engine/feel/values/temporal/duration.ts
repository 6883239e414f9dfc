import { Special } from '../special.ts';
import type { Value } from '../value.ts';

const SECOND = 1_000_000_000n;

export class DayTimeDuration extends Special {
  readonly type = 'days and time duration';
  readonly nanos: bigint;

  constructor(nanos: bigint) {
    super();
    this.nanos = nanos;
  }

  static ofSeconds(seconds: number): DayTimeDuration {
    return new DayTimeDuration(BigInt(seconds) * SECOND);
  }

  /** Whole seconds, downwards. */
  get seconds(): bigint {
    const whole = this.nanos / SECOND;
    return this.nanos < 0n && whole * SECOND !== this.nanos ? whole - 1n : whole;
  }

  get millis(): bigint {
    return this.nanos / 1_000_000n;
  }

  /** Without fractions of a second. */
  toString(): string {
    const seconds = this.seconds;
    if (seconds === 0n) return 'P0D';
    const size = seconds < 0n ? -seconds : seconds;
    const [days, rest] = [size / 86_400n, size % 86_400n];
    const time = parts([rest / 3600n, 'H'], [(rest % 3600n) / 60n, 'M'], [rest % 60n, 'S']);
    return `${seconds < 0n ? '-' : ''}P${parts([days, 'D'])}${time && `T${time}`}`;
  }

  toJson(): Value {
    return this.toString();
  }

  override get properties() {
    return ['days', 'hours', 'minutes', 'seconds'];
  }

  override property(name: string): Value | undefined {
    const { seconds } = this;
    if (name === 'days') return Number(seconds / 86_400n);
    if (name === 'hours') return Number((seconds / 3600n) % 24n);
    if (name === 'minutes') return Number((seconds / 60n) % 60n);
    return name === 'seconds' ? Number(seconds % 60n) : undefined;
  }
}

export class YearMonthDuration extends Special {
  readonly type = 'years and months duration';
  readonly months: number;

  constructor(months: number) {
    super();
    this.months = months + 0;
  }

  toString(): string {
    const size = Math.abs(this.months);
    if (size === 0) return 'P0Y';
    const sign = this.months < 0 ? '-' : '';
    return `${sign}P${parts([Math.floor(size / 12), 'Y'], [size % 12, 'M'])}`;
  }

  toJson(): Value {
    return this.toString();
  }

  override get properties() {
    return ['years', 'months'];
  }

  override property(name: string): Value | undefined {
    if (name === 'years') return Math.trunc(this.months / 12) + 0;
    return name === 'months' ? (this.months % 12) + 0 : undefined;
  }
}

function parts(...all: [size: bigint | number, unit: string][]): string {
  return all.map(([size, unit]) => (Number(size) === 0 ? '' : `${size}${unit}`)).join('');
}
