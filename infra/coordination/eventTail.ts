import type { Follower, LoggedEvent } from './ports.ts';

/** Of one stream: events, and characters of them, that are kept. */
export const keptEvents = 1_000;
export const keptCharacters = 4 * 1024 * 1024;
/** ms a stream is kept after its last follower has left. */
export const keptFor = 120_000;
/** Names of which a stream remembers what several processes have told. */
export const keptNames = 2 * keptEvents;

/** A log as it is read: the newest event that is not kept any more, of which only the id is known, and those after it. */
export interface LogRead {
  base: number;
  events: readonly LoggedEvent[];
}

/** The end of a log in memory, and those who follow it. */
export interface EventTail {
  /** Id of the newest event; undefined before the log was read. */
  readonly last: number | undefined;
  /** How many follow it. */
  readonly followers: number;
  /** Begins at once, or when the log has been read. */
  join(after: number | undefined, follower: Follower): () => void;
  append(event: LoggedEvent): void;
  /** Takes up the log: what is new is heard; where it does not go on from here, everybody is told `lost`. */
  load(log: LogRead): void;
}

export function createTail(limits = { events: keptEvents, characters: keptCharacters }): EventTail {
  const joined = new Map<Follower, number | undefined>();
  /** Those of `joined` who have begun. */
  const begun = new Set<Follower>();
  let base: number | undefined;
  let kept: LoggedEvent[] = [];
  let characters = 0;

  const last = () => kept.at(-1)?.id ?? base;

  /** Index in `kept` of what comes after that event; undefined when it is not known. */
  function behind(id: number): number | undefined {
    if (id === base) return 0;
    let [low, high] = [0, kept.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (kept[middle]!.id < id) low = middle + 1;
      else high = middle;
    }
    return kept[low]?.id === id ? low + 1 : undefined;
  }

  function begin(after: number | undefined, follower: Follower) {
    begun.add(follower);
    const end = last()!;
    const from = after === undefined ? kept.length : behind(after);
    if (from === undefined) return follower.lost(end);
    const missed = kept.slice(from);
    follower.begun(after ?? end);
    for (const event of missed) if (begun.has(follower)) follower.heard(event);
  }

  function keep(event: LoggedEvent) {
    kept.push(event);
    characters += event.data.length;
    while (kept.length > limits.events || characters > limits.characters) {
      const dropped = kept.shift()!;
      characters -= dropped.data.length;
      base = dropped.id;
    }
  }

  function append(event: LoggedEvent) {
    keep(event);
    for (const follower of [...begun]) if (begun.has(follower)) follower.heard(event);
  }

  return {
    get last() {
      return last();
    },
    get followers() {
      return joined.size;
    },
    join(after, follower) {
      joined.set(follower, after);
      if (base !== undefined) begin(after, follower);
      return () => {
        joined.delete(follower);
        begun.delete(follower);
      };
    },
    append,
    load({ base: before, events }) {
      const reached = last();
      const first = events.findIndex(({ id }) => id === reached);
      const goesOn = reached !== undefined && (reached === before || first >= 0);
      if (goesOn) {
        for (const event of events.slice(first + 1)) append(event);
        return;
      }
      [base, kept, characters] = [before, [], 0];
      for (const event of events) keep(event);
      for (const [follower, after] of [...joined]) {
        if (!joined.has(follower)) continue;
        if (begun.has(follower)) follower.lost(last()!);
        else begin(after, follower);
      }
    },
  };
}
