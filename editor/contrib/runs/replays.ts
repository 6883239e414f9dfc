import { recordingRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';

export type Against = 'recorded' | 'latest';

export interface Difference {
  sequence: number;
  pointer: string;
  recorded: unknown;
  now: unknown;
}

/** How doing a recorded run over went. */
export interface Replay {
  against: Against;
  state: 'running' | 'alike' | 'differs' | 'failed';
  /** Calls that were done over alike. */
  calls: number;
  difference: Difference | undefined;
  failure: Failure | undefined;
}

export interface Replays extends Readable<ReadonlyMap<string, Replay>> {
  /** Does a recorded run over: by the definitions it had, or by those there are now. */
  replay(id: string, against?: Against): Promise<void>;
  forget(id: string): void;
}

/** Replays of this window's user, by the id of the recording: they are looked at beside the run. */
export function createReplays({ api }: Pick<Platform, 'api'>): Replays {
  const store = createStore<ReadonlyMap<string, Replay>>(() => new Map());
  const put = (id: string, replay: Replay) => store.setState(new Map(store.getState()).set(id, replay), true);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    async replay(id, against = 'recorded') {
      const nothing = { against, calls: 0, difference: undefined, failure: undefined };
      put(id, { ...nothing, state: 'running' });
      const answer = await api.call(recordingRoutes.replay, { params: { id }, body: { against } });
      if (!answer.ok) return put(id, { ...nothing, state: 'failed', failure: answer.failure });
      const { calls, difference } = answer.value;
      put(id, {
        ...nothing,
        calls,
        state: difference ? 'differs' : 'alike',
        difference: difference ?? undefined,
      });
    },
    forget(id) {
      const rest = new Map(store.getState());
      rest.delete(id);
      store.setState(rest, true);
    },
  };
}
