import type { Result } from '@baton/engine/protocol';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OutlineItem, Place } from './documents.ts';
import {
  type ContentProblem,
  createTextDraft,
  type TextDocument,
  type TextOptions,
  type TextProblem,
  type TextReading,
  type TextView,
} from './textDocument.ts';
import type { Content } from './versionedCalls.ts';
import type { OpenedResource } from './versionedDocument.ts';

export interface FileView<Reading extends TextReading = TextReading> extends TextView<Reading> {
  /** A line to be shown; the count makes the same one new again. */
  place: { line: number; column: number; count: number } | undefined;
}

/**
 * A versioned resource that is one file, edited as its text and beside it as what it shows. The text is the truth: a
 * change in the other view is a step of the text, so that both have one history.
 */
export interface FileDocument<Reading extends TextReading = TextReading> extends TextDocument {
  readonly view: StoreApi<FileView<Reading>>;
  /** The other view changed the file. Changes of the same `what` in a row are one step of undo. */
  redraw(text: string, what: string): void;
}

export interface FileOptions<Reading extends TextReading> extends OpenedResource {
  /** Member of the content that is the file. */
  part: string;
  language: TextOptions<Reading>['language'];
  mode: string;
  /** The mode that shows the text beside the other view, when a line is to be shown. */
  textModes: readonly [one: string, beside: string];
  read(text: string): Result<Reading, TextProblem>;
  findings?(text: string): readonly ContentProblem[];
  outline?(text: string, reading: Reading): readonly OutlineItem[];
  /** Shows a place that is no line. Answers false where it has none. */
  reveal?(place: Place): boolean;
  nothing: Reading;
}

export function createFileDocument<Reading extends TextReading>(
  options: FileOptions<Reading>,
): FileDocument<Reading> {
  const { part, language, opened } = options;
  const textOf = (content: Content) => (typeof content[part] === 'string' ? content[part] : '');
  const view = createStore<FileView<Reading>>(() => ({
    mode: options.mode,
    saved: opened.resource,
    draft: textOf(opened.content),
    reading: options.nothing,
    unreadable: undefined,
    problems: [],
    selected: undefined,
    place: undefined,
  }));
  const text = createTextDraft<Reading>({
    ...options,
    view: view as unknown as StoreApi<TextView<Reading>>,
    language,
    draftOf: textOf,
    contentOf: (draft) => ({ [part]: draft }),
    read: options.read,
    findings: () => options.findings?.(view.getState().draft) ?? [],
    nameOf: () => undefined,
    crumbs: () => [],
  });
  text.begin();
  return {
    ...text.model,
    view,
    redraw(draft, what) {
      if (!text.model.writable || view.getState().unreadable) return;
      text.step(draft, what);
    },
    outline() {
      const { draft, reading } = view.getState();
      return options.outline?.(draft, reading) ?? [];
    },
    reveal(place) {
      if (options.reveal?.(place) || place.line === undefined) return;
      const { mode } = view.getState();
      const [alone, beside] = options.textModes;
      view.setState({ mode: mode === alone ? mode : beside });
      text.show(place);
    },
  };
}
