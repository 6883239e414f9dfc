import type { BrokerWorld, CommandRequest } from '../broker.ts';
import type { Checker } from '../processing/types.ts';
import type { State } from '../state/state.ts';

/** Longest wait of one timer: clocks change, and a timer of the platform overflows after 24 days. */
const MAX_WAIT = 3_600_000;
/** Wait before a command that changed nothing is tried again. */
const RETRY_WAIT = 1_000;
/** How late (ms) others may be while such a command is held. */
const HELD_RESOLUTION = 100;
/** Commands of one round; the rest follows at once. */
const MAX_COMMANDS = 1_000;

/** `processed` hears, right after the command was processed, whether it changed anything. */
type SubmitDue = (command: CommandRequest, processed: (effective: boolean) => void) => void;

/** Turns what falls due (timers, job deadlines, back-offs) into commands, at the time it is due and never before. */
export class DueChecks {
  private readonly checkers: readonly Checker[];
  private readonly state: State;
  private readonly world: BrokerWorld;
  private readonly submit: SubmitDue;
  private scheduledAt = Number.POSITIVE_INFINITY;
  private cancel: (() => void) | undefined;
  /** Commands that changed nothing, such as those of a stopped instance: they must not spin, nor keep others from their turn. */
  private readonly held = new Set<string>();
  private heldUntil = 0;
  /** Commands on their way: until they are processed, state still shows them as due. */
  private submitted = 0;
  private closed = false;

  constructor(checkers: readonly Checker[], state: State, world: BrokerWorld, submit: SubmitDue) {
    this.checkers = checkers;
    this.state = state;
    this.world = world;
    this.submit = submit;
  }

  /** To be called whenever state has changed. */
  schedule(): void {
    if (this.closed || this.submitted > 0) return;
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
    if (now >= this.heldUntil) this.held.clear();
    const commands = this.dueCommands(now);
    if (commands.length > 0) {
      this.submitted = commands.length;
      for (const command of commands) {
        this.submit(command, (effective) => {
          this.submitted--;
          if (!effective) this.hold(command);
        });
      }
    } else if (this.held.size > 0) {
      // what is held hides what falls due after it
      this.checkAt(Math.min(this.heldUntil, now + HELD_RESOLUTION));
    } else {
      this.schedule();
    }
  }

  private hold(command: CommandRequest): void {
    if (this.held.size === 0) this.heldUntil = this.world.now() + RETRY_WAIT;
    this.held.add(identityOf(command));
  }

  private dueCommands(now: number): CommandRequest[] {
    const commands: CommandRequest[] = [];
    for (const checker of this.checkers) {
      for (const command of checker.due(this.state, now)) {
        if (this.held.has(identityOf(command))) continue;
        commands.push(command);
        if (commands.length === MAX_COMMANDS) return commands;
      }
    }
    return commands;
  }
}

function identityOf({ valueType, intent, key }: CommandRequest): string {
  return `${valueType} ${intent} ${key}`;
}
