import { Special } from '../special.ts';
import type { Value } from '../value.ts';
import { pad } from './calendar.ts';
import { DayTimeDuration } from './duration.ts';
import { offsetText } from './zone.ts';

export const NANOS_PER_DAY = 86_400_000_000_000;
const NANOS_PER_SECOND = 1_000_000_000;

const properties = ['timezone', 'second', 'time offset', 'minute', 'hour'];

/** A time of day, nowhere in particular. */
export class LocalTime extends Special {
  readonly type = 'time';
  /** Since midnight. */
  readonly nanos: number;

  constructor(nanos: number) {
    super();
    this.nanos = nanos;
  }

  /** undefined when there is no such time. */
  static of(hour: number, minute: number, second: number, nanos = 0): LocalTime | undefined {
    if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60))
      return undefined;
    if (nanos < 0) return undefined;
    return new LocalTime(((hour * 60 + minute) * 60 + second) * NANOS_PER_SECOND + nanos);
  }

  /** Past midnight it begins anew. */
  plus(duration: DayTimeDuration): LocalTime {
    const day = BigInt(NANOS_PER_DAY);
    return new LocalTime(Number((((BigInt(this.nanos) + duration.nanos) % day) + day) % day));
  }

  get seconds(): number {
    return Math.floor(this.nanos / NANOS_PER_SECOND);
  }

  /** Seconds always, fractions as far as they go. */
  toString(): string {
    const { seconds } = this;
    const fraction = this.nanos % NANOS_PER_SECOND;
    const tail = fraction === 0 ? '' : `.${pad(fraction, 9).replace(/0+$/, '')}`;
    return `${pad(Math.floor(seconds / 3600), 2)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}${tail}`;
  }

  /** Whole minutes without seconds, fractions by three digits: Java's own form. */
  toJson(): Value {
    const text = this.toString();
    const [whole, fraction = ''] = text.split('.') as [string, string?];
    if (fraction === '') return whole.endsWith(':00') ? whole.slice(0, -3) : whole;
    return `${whole}.${fraction.padEnd(Math.ceil(fraction.length / 3) * 3, '0')}`;
  }

  override get properties() {
    return properties;
  }

  override property(name: string): Value | undefined {
    if (name === 'hour') return Math.floor(this.seconds / 3600);
    if (name === 'minute') return Math.floor(this.seconds / 60) % 60;
    if (name === 'second') return this.seconds % 60;
    return super.property(name);
  }
}

/** A time of day with the offset, and perhaps the zone, it is told in. */
export class ZonedTime extends Special {
  readonly type = 'time';
  readonly time: LocalTime;
  /** s. */
  readonly offset: number;
  readonly zone: string | undefined;

  constructor(time: LocalTime, offset: number, zone?: string) {
    super();
    this.time = time;
    this.offset = offset;
    this.zone = zone;
  }

  /** Where it stands in the day of UTC. */
  get nanos(): number {
    return this.time.nanos - this.offset * NANOS_PER_SECOND;
  }

  plus(duration: DayTimeDuration): ZonedTime {
    return new ZonedTime(this.time.plus(duration), this.offset, this.zone);
  }

  toString(): string {
    return `${this.time}${this.zone === undefined ? offsetText(this.offset) : `@${this.zone}`}`;
  }

  toJson(): Value {
    return this.toString();
  }

  override get properties() {
    return properties;
  }

  override property(name: string): Value | undefined {
    if (name === 'time offset') return DayTimeDuration.ofSeconds(this.offset);
    return name === 'timezone' ? (this.zone ?? null) : this.time.property(name);
  }
}
