import type { Feel } from '@baton/engine/feel';
import type { CommandIntent, EventIntent, ValueType } from '@baton/engine/protocol';
import type { BrokerQueries } from '../broker.ts';
import type { Applier, Checker, CommandProcessor } from '../processing/types.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';

export type ProcessorTable = {
  readonly [T in ValueType]?: { readonly [I in CommandIntent<T>]?: CommandProcessor<T> };
};

export type ApplierTable = {
  readonly [T in ValueType]?: { readonly [I in EventIntent<T>]?: Applier<T> };
};

/** What the stream is about: the loop below knows commands and events, but none by name. */
export interface Domain {
  /** Grows with every change of what a table of the state holds: state of another layout is made again from the log. */
  stateLayout: number;
  createState(store: Store, feel: Feel): State;
  createQueries(state: State): BrokerQueries;
  processors: ProcessorTable;
  appliers: ApplierTable;
  checkers: readonly Checker[];
}
