import { failed, ok, type Result } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import type { TextProblem, TextReading } from '@baton/gateway/documents';
import type { StoreApi } from 'zustand/vanilla';
import type { Disposable } from '../base/disposable.ts';
import { type ContentPath, pathKey, placeAt } from './contentPath.ts';
import type { Crumb, DocumentModel, Place } from './documents.ts';
import type { KeptState } from './keptDraft.ts';
import type { CodeFinding } from './languages/languages.ts';
import { outlineOfFields } from './outlines.ts';
import type { Problem, Severity } from './problems.ts';
import type { Content } from './versionedCalls.ts';
import {
  createVersionedDraft,
  type VersionedDocument,
  type VersionedDraft,
  type VersionedOptions,
  type VersionedView,
} from './versionedDocument.ts';
import { contentRead } from './versionedKinds.ts';

export type { TextProblem, TextReading };

/** What is wrong with a value of the content. */
export interface ContentProblem {
  severity: Severity;
  path: ContentPath;
  code: string;
  /** "Expected …, but …" */
  message: string;
  /** Where it stands, if whoever says it knows; else it is where its path is. */
  line?: number | undefined;
  column?: number | undefined;
}

export interface TextView<Reading extends TextReading = TextReading> extends VersionedView<string> {
  /** What the text last said when it could be read. */
  reading: Reading;
  /** Why the text cannot be read; its fields wait meanwhile. */
  unreadable: TextProblem | undefined;
  problems: readonly ContentProblem[];
  /** The field worked on: its lines are marked. */
  selected: ContentPath | undefined;
  /** Where the text is to be looked at; `count` tells one call from the next. */
  place?: { line: number; column: number; count: number } | undefined;
}

/** A versioned resource that is edited as text and as fields: two views of one document, with one history. */
export interface TextDocument extends VersionedDocument {
  readonly view: StoreApi<TextView>;
  select(path: ContentPath | undefined): void;
  /** The user typed in the text. */
  type(text: string): void;
  undo(): void;
  redo(): void;
}

export interface TextOptions<Reading extends TextReading>
  extends Omit<
    VersionedOptions<string>,
    'view' | 'same' | 'content' | 'show' | 'check' | 'adopted' | 'details' | 'read' | 'write'
  > {
  view: StoreApi<TextView<Reading>>;
  language: 'json' | 'yaml' | 'xml' | 'markdown';
  /** Where the content is the text itself: what cannot be read is kept as well. */
  contentOf?(text: string): Content;
  read(text: string): Result<Reading, TextProblem>;
  /** What is wrong with what the text says. */
  findings(content: JsonValue): readonly ContentProblem[];
  /** What Problems lists beside the findings. */
  listedToo?(reading: Reading): readonly Problem[];
  /** What a place is called in the list. */
  nameOf(path: ContentPath): string | undefined;
  crumbs(selected: ContentPath | undefined): readonly Crumb[];
}

export interface TextDraft extends Pick<VersionedDraft<string>, 'begin' | 'check' | 'disposed' | 'kept'> {
  /** Another text because of a change to a field; changes of the same `what` in a row are one step of undo. */
  step(text: string, what: string): void;
  /** Shows a place of the text: a line, or where a value stands. */
  show(place: Place): void;
  model: VersionedDraft<string>['model'] &
    Pick<TextDocument, 'select' | 'type' | 'undo' | 'redo'> &
    Required<Pick<DocumentModel, 'outline' | 'here'>>;
}

/** Characters up to which a text is read with every key; a larger one when nothing is typed for `readAfter` ms. */
const readAtOnce = 20_000;
const readAfter = 250;
/** Keys pressed within this many ms of each other are one step of undo. */
const oneStep = 1000;

interface Step {
  text: string;
  what: string;
  at: number;
}

export function createTextDraft<Reading extends TextReading>(options: TextOptions<Reading>): TextDraft {
  const { platform, view, language } = options;
  let told: KeptState['problems'] = options.opened.problems;
  const past: Step[] = [];
  const future: Step[] = [];
  /** The text shown is not read yet. */
  let waiting: Disposable | undefined;
  let begun = false;
  /** What the language of the text found in it, and in which text: it asks the server for names. */
  let further: { of: string | undefined; problems: readonly Problem[] } = { of: undefined, problems: [] };

  async function lookFurther() {
    const text = view.getState().draft;
    const path = `/${options.resource.id}${options.versioned.ending}`;
    const language = platform.languages.of(path);
    if (further.of === text || !language?.findings) return;
    further = { of: text, problems: [] };
    const found = await language.findings({ path, text });
    if (versioned.disposed() || further.of !== text || found.length === 0) return;
    further = { of: text, problems: found.map((finding) => problemIn(text, finding)) };
    versioned.check();
  }

  /** Reads the text, and keeps what it said before where it cannot be read. */
  function readNow() {
    waiting?.dispose();
    waiting = undefined;
    const read = options.read(view.getState().draft);
    view.setState({
      unreadable: read.ok ? undefined : read.failure,
      ...(read.ok && { reading: read.value }),
    });
  }

  const versioned = createVersionedDraft<string>({
    ...options,
    same: (one, other) => one === other,
    write: (text) => text,
    read: (text) => text,
    content() {
      if (waiting) readNow();
      const { unreadable, reading, draft } = view.getState();
      if (options.contentOf) return ok(options.contentOf(draft));
      return contentRead(unreadable ? failed(unreadable) : ok(reading));
    },
    unread: () => waiting !== undefined,
    show(draft) {
      waiting?.dispose();
      waiting = undefined;
      if (begun && draft.length > readAtOnce) {
        view.setState({ draft });
        waiting = platform.timers.after(readAfter, () => {
          if (!versioned.disposed()) readNow();
        });
        return;
      }
      begun = true;
      const read = options.read(draft);
      view.setState({
        draft,
        unreadable: read.ok ? undefined : read.failure,
        ...(read.ok && { reading: read.value }),
      });
    },
    check() {
      if (waiting) readNow();
      const { unreadable, reading } = view.getState();
      const own = unreadable ? [] : options.findings(reading.value);
      const problems = unreadable ? [] : [...own, ...toldBeside(own, told)];
      view.setState({ problems });
      if (unreadable) return [{ severity: 'error', code: `${language}(syntax)`, ...unreadable }];
      const listed = problems.map((problem): Problem => {
        const { line, column } = placeOf(problem, reading);
        const elementName = options.nameOf(problem.path);
        return {
          ...problem,
          line,
          column,
          ...(elementName !== undefined && { elementName }),
        };
      });
      void lookFurther();
      const said = new Set(listed.map(({ line }) => line));
      return [
        ...listed,
        ...(options.listedToo?.(reading) ?? []),
        ...further.problems.filter(({ line }) => !said.has(line)),
      ];
    },
    adopted() {
      past.length = 0;
      future.length = 0;
    },
    details: () => ({
      canUndo: past.length > 0,
      canRedo: future.length > 0,
      crumbs: options.crumbs(view.getState().selected),
    }),
  });

  // What the server says of the draft it keeps stands where nothing is said of the place already.
  versioned.kept.subscribe(() => {
    const { problems } = versioned.kept.getState();
    if (problems === told) return;
    told = problems;
    if (!versioned.disposed()) versioned.check();
  });

  function step(text: string, what: string) {
    const before = view.getState().draft;
    if (text === before) return;
    const now = platform.clock.now();
    const last = past.at(-1);
    const goesOn = last && last.what === what && now - last.at < oneStep && future.length === 0;
    if (goesOn) last.at = now;
    else past.push({ text: before, what, at: now });
    future.length = 0;
    versioned.show(text);
  }

  function walk(from: Step[], to: Step[]) {
    const target = from.pop();
    if (!target) return;
    to.push({ ...target, text: view.getState().draft, at: 0 });
    versioned.show(target.text);
  }

  return {
    begin: versioned.begin,
    check: versioned.check,
    disposed: versioned.disposed,
    kept: versioned.kept,
    step,
    show({ line, column, path }) {
      const { reading, place: before } = view.getState();
      const at = line === undefined ? path && placeAt(reading.places, path) : { line, column };
      if (!at) return;
      view.setState({
        place: { line: at.line, column: at.column ?? 1, count: (before?.count ?? 0) + 1 },
      });
    },
    model: {
      ...versioned.model,
      select(selected) {
        if (selected && pathKey(selected) === pathKey(view.getState().selected ?? [])) return;
        view.setState({ selected });
        versioned.publish();
      },
      type: (text) => step(text, 'text'),
      here() {
        const { selected } = view.getState();
        return selected && { path: selected };
      },
      outline: () =>
        options.language === 'json' || options.language === 'yaml'
          ? outlineOfFields(view.getState().reading)
          : [],
      undo: () => walk(past, future),
      redo: () => walk(future, past),
    },
  };
}

function problemIn(text: string, { from, severity, code, message }: CodeFinding): Problem {
  const before = text.slice(0, from);
  const line = before.split('\n').length;
  return { severity, code, message, line, column: from - before.lastIndexOf('\n') };
}

function placeOf({ line, column, path }: ContentProblem, { places }: TextReading) {
  const place = line === undefined ? placeAt(places, path) : { line, column };
  return { line: place?.line ?? 1, column: place?.column ?? 1 };
}

/** What the server says beside what is said already; its paths begin at the body of a save. */
function toldBeside(own: readonly ContentProblem[], told: KeptState['problems']): ContentProblem[] {
  const said = new Set(own.flatMap(({ path, message }) => [pathKey(path), message]));
  return told
    .map((problem) => ({
      ...problem,
      path: problem.path[0] === 'content' ? problem.path.slice(1) : problem.path,
    }))
    .filter(({ path, message }) => !said.has(pathKey(path)) && !said.has(message));
}

/** What the text is marked with: its problems where they stand. */
export function marksOf({ problems, reading }: TextView) {
  return problems.flatMap(({ path, message, severity, line, column }) => {
    const place = line === undefined ? placeAt(reading.places, path) : { line, column };
    return place ? [{ line: place.line, column: place.column, message, severity }] : [];
  });
}
