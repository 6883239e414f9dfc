import type { Clock } from './host.ts';
import type { Notifications } from './notifications.ts';
import type { Output } from './output.ts';

/** What is broken in the product itself: said once in the user's words, in full in Output. */
export interface Bugs {
  /** `doing` goes on from "Expected …": `Publish to work`, `the contribution tasks to start`. */
  report(error: unknown, doing: string, again?: () => void): void;
}

/** The same bug is not said again within this many ms: it may throw on every frame. */
const quiet = 30_000;

export function createBugs(
  clock: Clock,
  output: Output,
  notifications: Notifications,
  copy: (text: string) => void,
): Bugs {
  const said = new Map<string, number>();
  return {
    report(error, doing, again) {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      const reason = error instanceof Error ? error.message : String(error);
      output.channel('Editor').append(`${doing}: ${text}`, 'error');
      const bug = `${doing}: ${reason}`;
      const last = said.get(bug);
      if (last !== undefined && clock.now() - last < quiet && !again) return;
      said.set(bug, clock.now());
      notifications.error(`Expected ${doing}, but it failed: ${reason}. Everything else goes on.`, [
        ...(again ? [{ title: 'Try again', run: again }] : []),
        { title: 'Copy details', run: () => copy(`${doing}\n${text}`) },
      ]);
    },
  };
}
