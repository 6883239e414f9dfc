import { ok, type Result } from '@baton/engine/protocol';
import { toolRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ResponseOf } from '../../platform/api.ts';
import type { Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import {
  createVersionedDraft,
  openVersioned,
  type VersionedDocument,
  type VersionedView,
} from '../../platform/versionedDocument.ts';
import { sampleInput } from './sampleInput.ts';
import {
  contentOfDraft,
  type DraftField,
  type DraftProblem,
  draftFromBackup,
  draftOf,
  readDraft,
  readJson,
  sameDraft,
  type ToolDraft,
  textOf,
} from './toolDraft.ts';

export type ToolMode = 'source' | 'both' | 'definition';
export type ToolSide = 'input' | 'output';
type RunAnswer = ResponseOf<typeof toolRoutes.run>;

/** What the last test run came to. */
export type ToolTest =
  | { state: 'running' }
  | { state: 'ran'; answer: RunAnswer; line: number | undefined }
  /** It could not be started. */
  | { state: 'failed'; failure: Failure };

export interface ToolView extends VersionedView<ToolDraft> {
  mode: ToolMode;
  side: ToolSide;
  problems: readonly DraftProblem[];
  /** JSON text the tool is tried with. */
  sample: string;
  test: ToolTest | undefined;
  /** Where the source is to be looked at; the count makes the same place new again. */
  place: { line: number; column: number; count: number } | undefined;
}

export interface ToolDocument extends VersionedDocument {
  readonly view: StoreApi<ToolView>;
  showSide(side: ToolSide): void;
  change<F extends DraftField>(field: F, value: ToolDraft[F]): void;
  /** The findings of the TypeScript service, which only knows them while the source is shown. */
  setTypeProblems(problems: readonly Problem[]): void;
  typeSample(text: string): void;
  /** A sample made anew from the input schema. */
  newSample(): void;
  /** Runs what is in the editor now, saved or not. */
  run(): Promise<void>;
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
    },
    check() {
      const problems = problemsOf(view.getState().draft);
      view.setState({ problems });
      const listed = problems.map(
        ({ field, message }): Problem => ({
          severity: 'error',
          code: `tool(${field})`,
          message,
          path: [field],
          elementName: field,
        }),
      );
      return [...typeProblems, ...listed];
    },
  });
  const { model } = versioned;

  async function run() {
    const { draft, sample } = view.getState();
    const content = readDraft(draft);
    const input = readJson(sample);
    if (!content.ok) return view.setState({ test: { state: 'failed', failure: notReady(content.failure) } });
    if (!input.ok) {
      const failure = { code: 'JSON_UNREADABLE', message: `Sample input: ${input.failure}` };
      return view.setState({ test: { state: 'failed', failure } });
    }
    running?.abort();
    const mine = new AbortController();
    running = mine;
    view.setState({ test: { state: 'running' } });
    const answer = await api.call(toolRoutes.run, {
      params,
      body: { input: input.value, content: content.value },
      signal: mine.signal,
    });
    if (versioned.disposed() || running !== mine) return;
    view.setState({
      test: answer.ok
        ? { state: 'ran', answer: answer.value, line: lineOf(answer.value) }
        : { state: 'failed', failure: answer.failure },
    });
  }

  versioned.begin();

  return ok({
    ...model,
    view,
    showSide: (side) => view.setState({ side }),
    change(field, value) {
      const { draft } = view.getState();
      if (model.writable && draft[field] !== value) versioned.show({ ...draft, [field]: value });
    },
    setTypeProblems(problems) {
      if (versioned.disposed()) return;
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
    run,
    reveal({ path, line, column = 1 }: Place) {
      const { mode, place } = view.getState();
      const field = path?.[0];
      if (line !== undefined)
        view.setState({
          ...(mode === 'definition' && { mode: 'both' as const }),
          place: { line, column, count: (place?.count ?? 0) + 1 },
        });
      else if (field !== undefined && field !== 'source')
        view.setState({
          ...(mode === 'source' && { mode: 'both' as const }),
          ...((field === 'input' || field === 'output') && { side: field }),
        });
    },
    dispose() {
      model.dispose();
      running?.abort();
    },
  });
}

function problemsOf(draft: ToolDraft): readonly DraftProblem[] {
  const content = readDraft(draft);
  return content.ok ? [] : content.failure;
}

function sampleOf(draft: ToolDraft): string | undefined {
  const schema = readJson(draft.input);
  return schema.ok ? textOf(sampleInput(schema.value)) : undefined;
}

function notReady([first]: readonly DraftProblem[]): Failure {
  return { code: 'TOOL_UNREADABLE', message: first ? `${first.field}: ${first.message}` : '' };
}

/** Line of the source a failure speaks of, where it is known. */
function lineOf({ error }: RunAnswer): number | undefined {
  const details = error?.details;
  const line = typeof details === 'object' && details ? (details as { line?: unknown }).line : undefined;
  return typeof line === 'number' && line > 0 ? line : undefined;
}
