import { Special } from '../special.ts';
import type { Value } from '../value.ts';
import { LocalDate } from './date.ts';
import { DayTimeDuration } from './duration.ts';
import { LocalTime, NANOS_PER_DAY, ZonedTime } from './time.ts';
import { fixedZone, offsetOfLocal, offsetText, type Zone } from './zone.ts';

const NANOS_PER_SECOND = 1_000_000_000n;

const properties = ['timezone', 'year', 'second', 'month', 'day', 'time offset', 'weekday', 'minute', 'hour'];

/** A day and a time of day, nowhere in particular. */
export class LocalDateTime extends Special {
  readonly type = 'date and time';
  readonly date: LocalDate;
  readonly time: LocalTime;

  constructor(date: LocalDate, time: LocalTime) {
    super();
    this.date = date;
    this.time = time;
  }

  static ofNanos(nanos: bigint): LocalDateTime {
    const day = BigInt(NANOS_PER_DAY);
    const rest = ((nanos % day) + day) % day;
    return new LocalDateTime(new LocalDate(Number((nanos - rest) / day)), new LocalTime(Number(rest)));
  }

  /** Since 1970 as if in UTC. */
  get nanos(): bigint {
    return BigInt(this.date.days) * BigInt(NANOS_PER_DAY) + BigInt(this.time.nanos);
  }

  plus(duration: DayTimeDuration): LocalDateTime {
    return LocalDateTime.ofNanos(this.nanos + duration.nanos);
  }

  plusMonths(months: number): LocalDateTime {
    return new LocalDateTime(this.date.plusMonths(months), this.time);
  }

  toString(): string {
    return `${this.date}T${this.time}`;
  }

  toJson(): Value {
    return `${this.date.toJson()}T${this.time}`;
  }

  override get properties() {
    return properties;
  }

  override property(name: string): Value | undefined {
    return this.date.property(name) ?? this.time.property(name);
  }
}

/** A moment, told in a zone. */
export class ZonedDateTime extends Special {
  readonly type = 'date and time';
  readonly local: LocalDateTime;
  readonly offset: number;
  readonly zone: Zone;

  private constructor(local: LocalDateTime, offset: number, zone: Zone) {
    super();
    this.local = local;
    this.offset = offset;
    this.zone = zone;
  }

  static ofLocal(local: LocalDateTime, zone: Zone): ZonedDateTime {
    const offset = offsetOfLocal(zone, Number(local.nanos / NANOS_PER_SECOND));
    return ZonedDateTime.ofInstant(local.nanos - BigInt(offset) * NANOS_PER_SECOND, zone);
  }

  /** @param instant ns since 1970 */
  static ofInstant(instant: bigint, zone: Zone): ZonedDateTime {
    const offset = zone.offsetAt(Number(instant / NANOS_PER_SECOND));
    return new ZonedDateTime(
      LocalDateTime.ofNanos(instant + BigInt(offset) * NANOS_PER_SECOND),
      offset,
      zone,
    );
  }

  static ofOffset(local: LocalDateTime, offset: number): ZonedDateTime {
    return new ZonedDateTime(local, offset, fixedZone(offset));
  }

  /** ns since 1970. */
  get instant(): bigint {
    return this.local.nanos - BigInt(this.offset) * NANOS_PER_SECOND;
  }

  plus(duration: DayTimeDuration): ZonedDateTime {
    return ZonedDateTime.ofInstant(this.instant + duration.nanos, this.zone);
  }

  plusMonths(months: number): ZonedDateTime {
    return ZonedDateTime.ofLocal(this.local.plusMonths(months), this.zone);
  }

  inZone(zone: Zone): ZonedDateTime {
    return ZonedDateTime.ofInstant(this.instant, zone);
  }

  get time(): ZonedTime {
    return new ZonedTime(this.local.time, this.offset, this.zone.id);
  }

  toString(): string {
    return `${this.local}${this.zone.id === undefined ? offsetText(this.offset) : `@${this.zone.id}`}`;
  }

  toJson(): Value {
    const zone = this.zone.id === undefined ? '' : `[${this.zone.id}]`;
    return `${this.local.toJson()}${offsetText(this.offset)}${zone}`;
  }

  override get properties() {
    return properties;
  }

  override property(name: string): Value | undefined {
    if (name === 'time offset') return DayTimeDuration.ofSeconds(this.offset);
    return name === 'timezone' ? (this.zone.id ?? null) : this.local.property(name);
  }
}
