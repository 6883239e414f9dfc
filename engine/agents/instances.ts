import { failed, ok, type Result } from '@baton/engine/protocol';

export interface AgentInstancesOptions<T> {
  /** ms without use after which an instance is collected. */
  idleAfter: number;
  /** epoch ms. */
  now(): number;
  /** Calls after `ms`; answers the cancellation. */
  schedule(ms: number, call: () => void): () => void;
  /** Makes the instance of a key. One that rejects is tried again by who asks next. */
  create(key: string): Promise<T>;
}

export interface AgentInstanceState {
  state: 'idle' | 'running' | 'collected';
  /** Pieces of work it is at. */
  running: number;
  /** epoch ms; `undefined` when it was never made, or so long ago that nobody remembers. */
  startedAt: number | undefined;
  lastUsedAt: number | undefined;
}

export interface InstanceEnded {
  code: 'INSTANCE_ENDED';
}

/** Agent instances by key: each made once however many ask, each on its own, collected when idle. */
export interface AgentInstances<T> {
  getOrCreate(key: string): Promise<T>;
  /** Runs the work in the key's instance, which is not collected meanwhile. Fails when the instance takes no more work. */
  use<R>(key: string, work: (instance: T) => Promise<R>): Promise<Result<R, InstanceEnded>>;
  state(key: string): AgentInstanceState;
  /** It takes no new work; what it is at ends by itself. */
  end(key: string): void;
  /** Forgets all, and calls nothing any more. */
  close(): void;
}

interface Held<T> {
  made: Promise<T>;
  startedAt: number;
  lastUsedAt: number;
  running: number;
  ended: boolean;
  cancelCollection: () => void;
}

/** Collected instances whose times are remembered. */
const REMEMBERED = 10_000;

export function createAgentInstances<T>(options: AgentInstancesOptions<T>): AgentInstances<T> {
  const { idleAfter, now, schedule, create } = options;
  const held = new Map<string, Held<T>>();
  const collected = new Map<string, { startedAt: number; lastUsedAt: number }>();

  function drop(key: string, one: Held<T>): void {
    one.cancelCollection();
    if (held.get(key) === one) held.delete(key);
  }

  function remember(key: string, { startedAt, lastUsedAt }: Held<T>): void {
    collected.set(key, { startedAt, lastUsedAt });
    const [oldest] = collected.keys();
    if (collected.size > REMEMBERED && oldest !== undefined) collected.delete(oldest);
  }

  /** Once more from now: only an instance that nothing used for `idleAfter` is collected. */
  function rest(key: string, one: Held<T>): void {
    one.cancelCollection();
    if (one.running > 0) return;
    if (one.ended) {
      drop(key, one);
      return;
    }
    one.cancelCollection = schedule(idleAfter, () => {
      if (one.running > 0 || held.get(key) !== one) return;
      drop(key, one);
      remember(key, one);
    });
  }

  function take(key: string): Held<T> {
    const present = held.get(key);
    if (present) {
      present.lastUsedAt = now();
      return present;
    }
    const one: Held<T> = {
      made: new Promise<T>((resolve) => resolve(create(key))),
      startedAt: now(),
      lastUsedAt: now(),
      running: 0,
      ended: false,
      cancelCollection: () => {},
    };
    held.set(key, one);
    collected.delete(key);
    one.made.then(
      () => rest(key, one),
      () => drop(key, one),
    );
    return one;
  }

  return {
    getOrCreate: (key) => take(key).made,

    async use(key, work) {
      const one = take(key);
      if (one.ended) return failed({ code: 'INSTANCE_ENDED' });
      one.running += 1;
      one.cancelCollection();
      try {
        return ok(await work(await one.made));
      } finally {
        one.running -= 1;
        one.lastUsedAt = now();
        if (held.get(key) === one) rest(key, one);
      }
    },

    state(key) {
      const one = held.get(key);
      if (!one) {
        const { startedAt, lastUsedAt } = collected.get(key) ?? {};
        return { state: 'collected', running: 0, startedAt, lastUsedAt };
      }
      const { running, startedAt, lastUsedAt } = one;
      return { state: running > 0 ? 'running' : 'idle', running, startedAt, lastUsedAt };
    },

    end(key) {
      collected.delete(key);
      const one = held.get(key);
      if (!one) return;
      one.ended = true;
      if (one.running === 0) drop(key, one);
    },

    close() {
      for (const [key, one] of held) drop(key, one);
      collected.clear();
    },
  };
}
