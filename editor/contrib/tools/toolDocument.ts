import { ok, type Result } from '@baton/engine/protocol';
import { type JsonValue, type ToolProblem, toolRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RequestOf, ResponseOf } from '../../platform/api.ts';
import type { Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { readJson } from '../../platform/jsonText.ts';
import { outlineOfSource } from '../../platform/outlines.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { createServerCheck } from '../../platform/serverCheck.ts';
import {
  createVersionedDraft,
  openVersioned,
  type VersionedDocument,
  type VersionedView,
} from '../../platform/versionedDocument.ts';
import { type DraftProblem, fieldAt, fieldNames, readDraft, toldProblem } from './draftProblems.ts';
import { sampleInput } from './sampleInput.ts';
import { type Sample, withoutSample, withSample } from './samples.ts';
import {
  contentOfDraft,
  type DraftField,
  draftFromBackup,
  draftOf,
  sameDraft,
  sameField,
  type ToolDraft,
  textOf,
} from './toolDraft.ts';
import { unsaved } from './unsaved.ts';

export type ToolMode = 'source' | 'both' | 'definition';
export type ToolSide = 'input' | 'output';
type RunAnswer = ResponseOf<typeof toolRoutes.run>;
type Answers = NonNullable<RequestOf<typeof toolRoutes.run>['body']['answers']>;
/** What somebody says to a question of a tool that is tried. */
export type TrialAnswer = Answers[string];

/** What the last test run came to. */
export type ToolTest =
  | { state: 'running' }
  | { state: 'ran'; input: JsonValue; answer: RunAnswer; line: number | undefined }
  /** It could not be started. */
  | { state: 'failed'; failure: Failure };

export interface ToolView extends VersionedView<ToolDraft> {
  mode: ToolMode;
  side: ToolSide;
  problems: readonly DraftProblem[];
  /** JSON text the tool is tried with. */
  sample: string;
  test: ToolTest | undefined;
  /** What is to be looked at; the count makes the same place new again. */
  place: { field: DraftField; line: number | undefined; column: number; count: number } | undefined;
}

export interface ToolDocument extends VersionedDocument {
  readonly view: StoreApi<ToolView>;
  showSide(side: ToolSide): void;
  change<F extends DraftField>(field: F, value: ToolDraft[F]): void;
  /** The findings of the TypeScript service, which only knows them while the source is shown. */
  setTypeProblems(problems: readonly Problem[]): void;
  /** The caret stands here. */
  workAt(field: DraftField, line: number, column: number): void;
  typeSample(text: string): void;
  /** A sample made anew from the input schema. */
  newSample(): void;
  /** Runs what is in the editor now, saved or not; for who only reads, what is saved. */
  run(): Promise<void>;
  /** Runs it again, with the answer to what it asked beside those before. */
  answer(question: string, answer: TrialAnswer): Promise<void>;
  /** Keeps an input, with what is expected of it, beside the tool; one of the same name is replaced. */
  keepSample(sample: Sample): void;
  dropSample(name: string): void;
  /** Asks the gateway anew: what it says depends on more than the draft. */
  checkAgain(): void;
}

export async function openToolDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<ToolDocument, Failure>> {
  const { api } = platform;
  const params = { id: resource.id };
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const { resource: saved, content } = read.value.opened;

  let typeProblems: readonly Problem[] = [];
  /** The user wrote the sample; it no longer follows the schema. */
  let ownSample = false;
  let running: AbortController | undefined;
  let caret: Place | undefined;
  /** To what the tool asked during the trial so far. */
  let said: Answers = {};

  const first = draftOf(content);
  const view = createStore<ToolView>(() => ({
    mode: 'both',
    side: 'input',
    saved,
    draft: first,
    problems: [],
    sample: '{}',
    test: undefined,
    place: undefined,
  }));
  const server = createServerCheck<ToolProblem>({
    timers: platform.timers,
    ask: (content) => api.call(toolRoutes.validate, { body: { ...params, content } }),
    answered: () => versioned.check(),
  });
  const versioned = createVersionedDraft<ToolDraft>({
    ...read.value,
    view,
    draftOf,
    same: sameDraft,
    content: () => ok(contentOfDraft(view.getState().draft)),
    write: (draft) => JSON.stringify(draft),
    read: (text) => draftFromBackup(text, first),
    show(draft) {
      const sample = ownSample ? undefined : sampleOf(draft);
      view.setState({ draft, ...(sample !== undefined && { sample }) });
      server.changed(contentOfDraft(draft));
    },
    check() {
      const { draft } = view.getState();
      const read = readDraft(draft);
      const own = read.ok ? [] : read.failure;
      const told = server
        .beside(own, contentOfDraft(draft))
        .map((problem) => toldProblem(problem, draft))
        .filter(
          (problem) =>
            !typeProblems.some((known) => known.code === problem.code && known.line === problem.line),
        );
      const problems = [...own, ...told];
      view.setState({ problems });
      return [...typeProblems, ...problems.map(listed)];
    },
  });
  const { model } = versioned;

  async function run(answers: Answers) {
    const { draft, sample } = view.getState();
    const content = readDraft(draft);
    const input = readJson(sample);
    if (!content.ok) return view.setState({ test: { state: 'failed', failure: notReady(content.failure) } });
    if (!input.ok) {
      const { line, message } = input.failure;
      const failure = { code: 'JSON_UNREADABLE', message: `Sample input, line ${line}: ${message}` };
      return view.setState({ test: { state: 'failed', failure } });
    }
    const { value } = input.value;
    const given = Object.keys(answers).length > 0;
    said = answers;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    view.setState({ test: { state: 'running' } });
    const answer = await api.call(toolRoutes.run, {
      params,
      body: { input: value, ...unsaved(platform, content.value), ...(given && { answers }) },
      signal: mine.signal,
    });
    if (versioned.disposed() || running !== mine) return;
    view.setState({
      test: answer.ok
        ? { state: 'ran', input: value, answer: answer.value, line: lineOf(answer.value) }
        : { state: 'failed', failure: answer.failure },
    });
  }

  function change<F extends DraftField>(field: F, value: ToolDraft[F]) {
    const { draft } = view.getState();
    if (model.writable && !sameField(draft[field], value)) versioned.show({ ...draft, [field]: value });
  }

  versioned.begin();

  return ok({
    ...model,
    view,
    showSide: (side) => view.setState({ side }),
    change,
    setTypeProblems(problems) {
      // What is marked here changes the markers again: only news is looked at.
      if (versioned.disposed() || JSON.stringify(problems) === JSON.stringify(typeProblems)) return;
      typeProblems = problems;
      versioned.check();
    },
    typeSample(sample) {
      ownSample = true;
      view.setState({ sample });
    },
    newSample() {
      ownSample = false;
      const sample = sampleOf(view.getState().draft);
      if (sample !== undefined) view.setState({ sample });
    },
    run: () => run({}),
    answer: (question, answer) => run({ ...said, [question]: answer }),
    keepSample: (sample) => change('samples', withSample(view.getState().draft.samples, sample)),
    dropSample: (name) => change('samples', withoutSample(view.getState().draft.samples, name)),
    checkAgain: () => server.changed(contentOfDraft(view.getState().draft)),
    outline: () => outlineOfSource(view.getState().draft.source),
    workAt(field, line, column) {
      caret = { ...(field !== 'source' && { path: [field] }), line, column };
    },
    here: () => caret,
    reveal({ path, line, column = 1 }: Place) {
      caret = { ...(path && { path }), ...(line !== undefined && { line, column }) };
      const { mode, place } = view.getState();
      const field = path?.[0] === undefined ? 'source' : fieldAt(path);
      const hidden = field === 'source' ? 'definition' : 'source';
      if (field === 'samples') platform.layout.set({ secondary: true });
      view.setState({
        ...(mode === hidden && field !== 'samples' && { mode: 'both' as const }),
        ...((field === 'input' || field === 'output') && { side: field }),
        place: { field, line, column, count: (place?.count ?? 0) + 1 },
      });
    },
    dispose() {
      model.dispose();
      server.dispose();
      running?.abort();
    },
  });
}

/** As Problems lists it. */
function listed({ severity, field, path, code, message, line, column }: DraftProblem): Problem {
  const elementName = path.length === 1 && path[0] === 'capabilities' ? 'Capabilities' : fieldNames[field];
  return {
    severity,
    code,
    message,
    path,
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    elementName,
  };
}

function sampleOf(draft: ToolDraft): string | undefined {
  const schema = readJson(draft.input);
  return schema.ok ? textOf(sampleInput(schema.value.value)) : undefined;
}

function notReady([first]: readonly DraftProblem[]): Failure {
  return { code: 'TOOL_UNREADABLE', message: first ? `${fieldNames[first.field]}: ${first.message}` : '' };
}

/** Line of the source a failure speaks of, where it is known. */
function lineOf({ error }: RunAnswer): number | undefined {
  const details = error?.details;
  const line = typeof details === 'object' && details ? (details as { line?: unknown }).line : undefined;
  return typeof line === 'number' && line > 0 ? line : undefined;
}
