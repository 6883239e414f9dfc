import type { BrokerWorld, CommandRequest } from '../broker.ts';
import type { Checker } from '../processing/types.ts';
import type { State } from '../state/state.ts';

/** Longest wait of one timer: clocks change, and a timer of the platform overflows after 24 days. */
const MAX_WAIT = 3_600_000;
/** Wait before a thing that is still due after its command is tried again. */
const RETRY_WAIT = 1_000;
/** Commands of one round; the rest follows at once. */
const MAX_COMMANDS = 1_000;

/** Turns what falls due (timers, job deadlines, back-offs) into commands, at the time it is due and never before. */
export class DueChecks {
  private readonly checkers: readonly Checker[];
  private readonly state: State;
  private readonly world: BrokerWorld;
  private readonly submit: (command: CommandRequest) => void;
  private scheduledAt = Number.POSITIVE_INFINITY;
  private cancel: (() => void) | undefined;
  /** What the last round submitted, and when: a command that changed nothing must not spin. */
  private lastRound = new Set<string>();
  private lastRoundAt = Number.NEGATIVE_INFINITY;
  private closed = false;

  constructor(
    checkers: readonly Checker[],
    state: State,
    world: BrokerWorld,
    submit: (command: CommandRequest) => void,
  ) {
    this.checkers = checkers;
    this.state = state;
    this.world = world;
    this.submit = submit;
  }

  /** To be called whenever state has changed and no due command is waiting. */
  schedule(): void {
    if (this.closed) return;
    let next = Number.POSITIVE_INFINITY;
    for (const checker of this.checkers) {
      const due = checker.nextDue(this.state);
      if (due !== undefined && due < next) next = due;
    }
    if (next !== this.scheduledAt) this.checkAt(next);
  }

  close(): void {
    this.closed = true;
    this.cancel?.();
  }

  private checkAt(time: number): void {
    this.cancel?.();
    this.cancel = undefined;
    this.scheduledAt = time;
    if (time === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(Math.max(time - this.world.now(), 0), MAX_WAIT);
    this.cancel = this.world.schedule(wait, () => this.check());
  }

  private check(): void {
    this.cancel = undefined;
    this.scheduledAt = Number.POSITIVE_INFINITY;
    if (this.closed) return;
    const now = this.world.now();
    const retriesToo = now >= this.lastRoundAt + RETRY_WAIT;
    const round = new Set<string>();
    let held = false;
    for (const command of this.dueCommands(now)) {
      const identity = `${command.valueType} ${command.intent} ${command.key}`;
      if (!retriesToo && this.lastRound.has(identity)) {
        held = true;
        continue;
      }
      round.add(identity);
      this.submit(command);
    }
    if (round.size > 0) {
      this.lastRound = round;
      this.lastRoundAt = now;
    } else if (held) {
      this.checkAt(this.lastRoundAt + RETRY_WAIT);
    } else {
      this.schedule();
    }
  }

  private dueCommands(now: number): CommandRequest[] {
    const commands: CommandRequest[] = [];
    for (const checker of this.checkers) {
      for (const command of checker.due(this.state, now)) {
        commands.push(command);
        if (commands.length === MAX_COMMANDS) return commands;
      }
    }
    return commands;
  }
}
