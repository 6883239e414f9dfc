import { createHash } from 'node:crypto';
import type { ExpiringStore } from '@baton/infra/store';

/** Wrong passwords in a row before a pause, and how long it lasts (ms). */
export const attemptLimit = 5;
export const attemptPause = 5 * 60_000;

const model = 'SignInAttempts';

export type AttemptResult = { accepted: true } | { accepted: false; left: number };

export interface SignInAttempts {
  /**
   * Checks a password unless the name has a pause; attempts on one name wait for each other, so that none slips by.
   * @param matches undefined when it could not be found out: that counts neither way
   */
  attempt(username: string, matches: () => Promise<boolean | undefined>): Promise<AttemptResult>;
}

/** Counts wrong passwords per sign-in name, known or not; a pause ends five minutes after the last wrong one. */
export function createSignInAttempts(store: ExpiringStore, now: () => number): SignInAttempts {
  const running = new Map<string, Promise<unknown>>();
  const id = (username: string) => createHash('sha256').update(username).digest('hex');
  const wrong = async (username: string): Promise<number> => {
    const kept = (await store.get(model, id(username))) as { count: number; until: number } | undefined;
    return kept && kept.until > now() ? kept.count : 0;
  };

  async function check(
    username: string,
    matches: () => Promise<boolean | undefined>,
  ): Promise<AttemptResult> {
    const before = await wrong(username);
    if (before >= attemptLimit) return { accepted: false, left: 0 };
    const matched = await matches();
    if (matched === undefined) return { accepted: true };
    if (matched) {
      await store.remove(model, id(username));
      return { accepted: true };
    }
    const until = now() + attemptPause;
    await store.put(model, id(username), { count: before + 1, until }, new Date(until), {});
    return { accepted: false, left: attemptLimit - before - 1 };
  }

  return {
    async attempt(username, matches) {
      const before = running.get(username) ?? Promise.resolve();
      const own = before.catch(() => {}).then(() => check(username, matches));
      running.set(username, own);
      try {
        return await own;
      } finally {
        if (running.get(username) === own) running.delete(username);
      }
    },
  };
}
