import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import type { Clock } from './host.ts';

export interface OutputLine {
  /** ms since 1970 */
  at: number;
  level: 'debug' | 'info' | 'warning' | 'error';
  text: string;
}

export interface OutputChannel {
  readonly name: string;
  append(text: string, level?: OutputLine['level']): void;
  clear(): void;
}

export interface Output extends Readable<ReadonlyMap<string, readonly OutputLine[]>> {
  /** The channel of that name, made on first use. */
  channel(name: string): OutputChannel;
}

const keptLines = 5_000;

export function createOutput(clock: Clock): Output {
  const store = createStore<ReadonlyMap<string, readonly OutputLine[]>>(() => new Map());
  const change = (name: string, lines: readonly OutputLine[]) =>
    store.setState(new Map(store.getState()).set(name, lines), true);
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    channel(name) {
      if (!store.getState().has(name)) change(name, []);
      return {
        name,
        append: (text, level = 'info') =>
          change(
            name,
            [...(store.getState().get(name) ?? []), { at: clock.now(), level, text }].slice(-keptLines),
          ),
        clear: () => change(name, []),
      };
    },
  };
}
