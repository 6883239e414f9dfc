import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import { type Resource, resourceKey } from './documents.ts';
import type { IconName, Kind } from './icons.ts';

/** How one test went. */
export interface TestResult {
  name: string;
  passed: boolean;
  /** "Expected …, but …", or what was done where that is worth a word. */
  message?: string;
  /** ms */
  duration?: number;
}

/** The last run of the tests of one thing: the samples of a tool, a recording done over. */
export interface TestRun {
  /** One per resource and kind of test: a new run takes the place of the one before. */
  id: string;
  resource: Resource;
  title: string;
  icon: IconName;
  colour?: Kind;
  state: 'running' | 'done';
  results: readonly TestResult[];
  /** Why it did not come to results. */
  failure?: string;
  /** ms since 1970 */
  at: number;
  rerun(): void;
  /** Shows the place of a result; without it the document is opened. */
  open?(result: TestResult): void;
}

/** Latest first; what one may have to look at after typing on. Its state is the same array until something changed. */
export interface TestResults extends Readable<readonly TestRun[]> {
  put(run: Omit<TestRun, 'id'> & { of?: string }): void;
  remove(id: string): void;
  clear(): void;
  /** Those that failed or did not come to results. */
  failed(): readonly TestRun[];
}

const kept = 50;

export function createTestResults(): TestResults {
  const store = createStore<{ runs: readonly TestRun[] }>(() => ({ runs: [] }));
  const get = () => store.getState().runs;
  return {
    getState: get,
    subscribe: store.subscribe,
    put({ of = 'tests', ...run }) {
      const id = `${of} ${resourceKey(run.resource)}`;
      const before = get().find((each) => each.id === id);
      const next: TestRun = {
        ...run,
        id,
        // While they run again what they said before stays in sight.
        results: run.state === 'running' && before ? before.results : run.results,
      };
      store.setState({
        runs: before ? get().map((each) => (each === before ? next : each)) : [next, ...get()].slice(0, kept),
      });
    },
    remove: (id) => store.setState({ runs: get().filter((run) => run.id !== id) }),
    clear: () => store.setState({ runs: [] }),
    failed: () => get().filter(hasFailed),
  };
}

export function hasFailed({ state, failure, results }: TestRun): boolean {
  return state === 'done' && (failure !== undefined || results.some(({ passed }) => !passed));
}
