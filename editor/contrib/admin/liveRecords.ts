import type { Result } from '@baton/engine/protocol';
import type { Topic } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import { type Disposable, disposeAll } from '../../base/disposable.ts';
import type { Readable } from '../../base/readable.ts';
import { coalesced } from '../../platform/coalesced.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export interface RecordsState<T> {
  /** `undefined` until read. */
  items: readonly T[] | undefined;
  failure: Failure | undefined;
  /** The one that is worked on; `null` for one that is being added. */
  selected: string | null | undefined;
}

/** Records somebody administers, as they are now whoever changes them. */
export interface Records<T> extends Readable<RecordsState<T>>, Disposable {
  /** Reads and follows them from the first time somebody looks at them. */
  shown(): void;
  read(): Promise<void>;
  select(id: string | null | undefined): void;
}

/** Events that come together are answered by one reading, this many ms after the first. */
const readAfter = 150;

export function createRecords<T>(
  { live, timers }: Platform,
  topics: readonly Topic[],
  readAll: () => Promise<Result<readonly T[], Failure>>,
): Records<T> {
  const store = createStore<RecordsState<T>>(() => ({
    items: undefined,
    failure: undefined,
    selected: undefined,
  }));
  let following: Disposable | undefined;
  let newest = 0;
  async function read() {
    const own = ++newest;
    const answer = await readAll();
    // Answers overtake each other: what was asked last is what there is.
    if (own !== newest) return;
    store.setState(answer.ok ? { items: answer.value, failure: undefined } : { failure: answer.failure });
  }
  const again = coalesced(timers, readAfter, () => void read());
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    read,
    shown() {
      if (following) return;
      const follow = (topic: Topic) =>
        live.subscribeTopic(topic, { event: () => again.soon(), reset: () => again.soon() });
      following = disposeAll(...topics.map(follow));
      void read();
    },
    select: (selected) => store.setState({ selected }),
    dispose() {
      following?.dispose();
      again.dispose();
    },
  };
}
