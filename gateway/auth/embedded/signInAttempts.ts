import { createHash } from 'node:crypto';
import type { ExpiringStore } from '@baton/infra/store';

/** Wrong passwords in a row before a pause, and how long it lasts (ms). */
export const attemptLimit = 5;
export const attemptPause = 5 * 60_000;

const model = 'SignInAttempts';

export interface SignInAttempts {
  /** Tries left; 0 during the pause. */
  left(username: string): Promise<number>;
  failed(username: string): Promise<number>;
  succeeded(username: string): Promise<void>;
}

/** Counts wrong passwords per sign-in name, known or not; a pause ends five minutes after the last wrong one. */
export function createSignInAttempts(store: ExpiringStore, now: () => number): SignInAttempts {
  const id = (username: string) => createHash('sha256').update(username).digest('hex');
  const wrong = async (username: string): Promise<number> => {
    const kept = (await store.get(model, id(username))) as { count: number; until: number } | undefined;
    return kept && kept.until > now() ? kept.count : 0;
  };
  return {
    left: async (username) => Math.max(0, attemptLimit - (await wrong(username))),
    async failed(username) {
      const count = (await wrong(username)) + 1;
      const until = now() + attemptPause;
      await store.put(model, id(username), { count, until }, new Date(until), {});
      return Math.max(0, attemptLimit - count);
    },
    succeeded: (username) => store.remove(model, id(username)),
  };
}
