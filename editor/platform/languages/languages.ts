import { createRegistry, type Registry } from '../../base/registry.ts';
import type { Severity } from '../problems.ts';

/** A text as a language reads it. Offsets are 0-based, into `text`. */
export interface CodeText {
  /** Like a file name, of the document it is of: `/17.agent.yaml`. */
  path: string;
  text: string;
}

export interface Span {
  from: number;
  to: number;
}

/** What could stand at a place. */
export interface Suggestion {
  label: string;
  /** Written instead of the label; `${1:name}` is a place to type at. */
  insert?: string;
  kind: 'name' | 'value' | 'keyword' | 'function' | 'variable' | 'document';
  /** Dim, beside the label: a type, a provider. */
  detail?: string;
  /** Markdown. */
  documentation?: string;
  /** Before others of the same label's start; by label without it. */
  order?: number;
  /** Asks again at once: a name was written, its value comes next. */
  goesOn?: boolean;
}

/** They stand in place of what is between `from` and `to`. */
export interface Suggestions extends Span {
  items: readonly Suggestion[];
}

export interface Explanation extends Span {
  /** Markdown. */
  text: string;
}

/** What explanations of FEEL are made of, for who shows them without Markdown: sentences and examples. */
export function partsOf(explanation: string): { text: string; code: boolean }[] {
  return explanation
    .split('\n\n')
    .map((part) =>
      part.startsWith('`')
        ? { text: part.replaceAll('`', ''), code: true }
        : { text: part.replaceAll('**', ''), code: false },
    );
}

/** Another document that a text names. */
export interface NamedDocument extends Span {
  /** Document kind: `prompt`. */
  kind: string;
  name: string;
}

/** A part of a text that is coloured in its own way, whatever grammar the text has. */
export interface ColouredSpan extends Span {
  /** A class of `code.css`: `variable`, `include`. */
  as: 'variable' | 'include' | 'unknown';
}

export interface CodeFinding extends Span {
  severity: Severity;
  /** Stable: `prompt(variable)`. */
  code: string;
  /** "Expected …, but …" */
  message: string;
}

type Now<T> = T | Promise<T>;

/** What the editor knows of the texts of one kind, whichever editor shows them. */
export interface CodeLanguage {
  id: string;
  /** Languages of Monaco its texts are shown in: `yaml`. */
  shownAs: readonly string[];
  reads(path: string): boolean;
  /** Keys that ask for completion beside letters. */
  triggers?: readonly string[];
  complete?(code: CodeText, at: number): Now<Suggestions | undefined>;
  explain?(code: CodeText, at: number): Now<Explanation | undefined>;
  /** Every name of another document, in the order they stand in: links, definitions, references and renaming follow from them. */
  named?(code: CodeText): readonly NamedDocument[];
  coloured?(code: CodeText): readonly ColouredSpan[];
  /** What is wrong beside what the document itself finds. */
  findings?(code: CodeText): Now<readonly CodeFinding[]>;
}

/** A language is registered by whoever has the documents. */
export interface Languages extends Registry<CodeLanguage> {
  /** The language of a text; of several the one registered last. */
  of(path: string): CodeLanguage | undefined;
}

export function createLanguages(): Languages {
  const registry = createRegistry<CodeLanguage>('language', (language) => language.id);
  return {
    ...registry,
    of: (path) => registry.getState().findLast((language) => language.reads(path)),
  };
}
