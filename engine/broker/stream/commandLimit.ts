import type { BrokerWorld, CommandRequest } from '../broker.ts';

/** An answer that took longer is late, ms. */
const LATE = 200;
/** The limit never falls below this: something must be tried to learn that answers are in time again. */
const LEAST = 10;
const DECREASE = 0.9;
/** The thread runs late by this much on average, ms: new work only makes it worse. */
const OVERLOADED = 200;
/** Finished work is taken this much longer: it is what empties the broker. */
const FINISHING_RESERVE = 2;

/**
 * How many client commands may be unanswered at once. The limit falls by a tenth when answers come late, at most once in
 * the time that an answer may take, and rises by one with each answer in time while it is in use.
 */
export class CommandLimit {
  private readonly world: Pick<BrokerWorld, 'now' | 'eventLoopDelay'>;
  private readonly most: number;
  private limit: number;
  private unanswered = 0;
  private decreasedAt = Number.NEGATIVE_INFINITY;

  /** @param most the limit of a broker that keeps up; twice as many only of commands that finish work */
  constructor(world: Pick<BrokerWorld, 'now' | 'eventLoopDelay'>, most: number) {
    this.world = world;
    this.most = most;
    this.limit = most;
  }

  get current(): number {
    return this.limit;
  }

  /** Whether the command may come in now; one that may has to be `answered` some day. */
  admit(request: CommandRequest): boolean {
    const reserve = finishesWork(request) ? FINISHING_RESERVE : 1;
    const limit = reserve > 1 ? this.most * reserve : this.limit;
    if (this.unanswered >= limit) return false;
    if ((this.world.eventLoopDelay?.() ?? 0) > OVERLOADED * reserve) return false;
    this.unanswered++;
    return true;
  }

  /** @param since when it was admitted, epoch ms */
  answered(since: number): void {
    const now = this.world.now();
    if (now - since > LATE) {
      if (now - this.decreasedAt >= LATE) {
        this.decreasedAt = now;
        this.limit = Math.max(Math.min(LEAST, this.most), Math.floor(this.limit * DECREASE));
      }
    } else if (this.unanswered * 2 >= this.limit && this.limit < this.most) {
      this.limit++;
    }
    this.unanswered--;
  }
}

function finishesWork({ valueType, intent }: CommandRequest): boolean {
  return valueType === 'JOB' && (intent === 'COMPLETE' || intent === 'FAIL');
}
