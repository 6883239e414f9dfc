import { createStore } from 'zustand/vanilla';
import type { Readable } from '../base/readable.ts';
import type { IconName, Kind } from './icons.ts';

/** A question that must be answered; only for what cannot be undone, otherwise offer `Undo` in a toast. */
export interface DialogQuestion {
  title: string;
  message: string;
  /** What it is about, one by one; long lists scroll. */
  details?: readonly { title: string; lines: readonly string[] }[];
  /** Verbs, the primary one first: `Delete`, `Save`. `Cancel` is added. */
  actions: readonly { id: string; title: string; danger?: boolean }[];
}

/** What is to become of each of several things, chosen for all at once or one by one. */
export interface EachQuestion extends Omit<DialogQuestion, 'actions'> {
  rows: readonly {
    id: string;
    title: string;
    /** Dim, below the title. */
    note?: string;
    /** Those it may have; all of them without it. */
    choices?: readonly string[];
  }[];
  choices: readonly { value: string; title: string }[];
  /** A verb. */
  action: string;
}

export interface QuickPickItem<T = unknown> {
  id: string;
  label: string;
  /** Dim, after the label. */
  description?: string;
  icon?: IconName;
  kind?: Kind;
  /** Keys at the right. */
  keys?: readonly (readonly string[])[];
  /** Head above the first item of a section. */
  section?: string;
  value: T;
}

export interface QuickPick<T = unknown> {
  placeholder: string;
  items: readonly QuickPickItem<T>[];
}

export interface QuickQuestion {
  /** What is asked: `Name of the new workflow`. */
  title: string;
  value?: string;
  placeholder?: string;
  /** A sentence "Expected …, but …" while the text will not do. */
  validate?(value: string): string | undefined;
}

export type OpenDialog =
  | { type: 'question'; question: DialogQuestion; answer(id: string | undefined): void }
  | {
      type: 'each';
      question: EachQuestion;
      answer(chosen: Readonly<Record<string, string>> | undefined): void;
    }
  | { type: 'pick'; pick: QuickPick; answer(value: unknown): void }
  | { type: 'input'; input: QuickQuestion; answer(value: string | undefined): void }
  | { type: 'palette'; text: string; answer(): void };

export interface Dialogs extends Readable<OpenDialog | undefined> {
  /** Answers the id of the chosen action, or `undefined` for Cancel and Esc. */
  ask(question: DialogQuestion): Promise<string | undefined>;
  /** Answers what was chosen by row; a row begins with the first of its choices. */
  each(question: EachQuestion): Promise<Readonly<Record<string, string>> | undefined>;
  pick<T>(pick: QuickPick<T>): Promise<T | undefined>;
  input(question: QuickQuestion): Promise<string | undefined>;
  /** Opens the command palette with this text; `>` lists commands, anything else documents. */
  palette(text: string): void;
}

/** One dialog at a time: a new one answers the old one with `undefined`. */
export function createDialogs(): Dialogs {
  const store = createStore<{ open: OpenDialog | undefined }>(() => ({ open: undefined }));
  const show = <T>(make: (answer: (value: T | undefined) => void) => OpenDialog): Promise<T | undefined> =>
    new Promise((resolve) => {
      const before = store.getState().open;
      const dialog = make((value) => {
        if (store.getState().open === dialog) store.setState({ open: undefined });
        resolve(value);
      });
      store.setState({ open: dialog });
      (before?.answer as ((value: undefined) => void) | undefined)?.(undefined);
    });
  return {
    getState: () => store.getState().open,
    subscribe: store.subscribe,
    ask: (question) => show<string>((answer) => ({ type: 'question', question, answer })),
    each: (question) =>
      show<Readonly<Record<string, string>>>((answer) => ({ type: 'each', question, answer })),
    pick: <T>(pick: QuickPick<T>) =>
      show<T>((answer) => ({ type: 'pick', pick, answer: (value) => answer(value as T | undefined) })),
    input: (input) => show<string>((answer) => ({ type: 'input', input, answer })),
    palette: (text) =>
      void show<void>((answer) => ({ type: 'palette', text, answer: () => answer(undefined) })),
  };
}
