import { failed, ok, type Result } from '@baton/engine/protocol';
import { resourceChange, type Tool, toolRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { ResponseOf } from '../../platform/api.ts';
import type { DocumentModel, DocumentState, Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { saveVersion } from '../../platform/saveVersion.ts';
import { sampleInput } from './sampleInput.ts';
import {
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

export interface ToolView {
  mode: ToolMode;
  side: ToolSide;
  tool: Tool;
  draft: ToolDraft;
  problems: readonly DraftProblem[];
  /** JSON text the tool is tried with. */
  sample: string;
  test: ToolTest | undefined;
  /** Where the source is to be looked at; the count makes the same place new again. */
  place: { line: number; column: number; count: number } | undefined;
}

export interface ToolDocument extends DocumentModel {
  readonly platform: Platform;
  readonly view: StoreApi<ToolView>;
  readonly writable: boolean;
  showMode(mode: ToolMode): void;
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

/** Checked this many ms after the last change. */
const settle = 300;

export async function openToolDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<ToolDocument, Failure>> {
  const { api, timers } = platform;
  const params = { id: resource.id };
  const read = await api.call(toolRoutes.get, { params });
  if (!read.ok) return read;
  const writable = Boolean(platform.context.get('permission:tools:write'));

  let saved = draftOf(read.value.content);
  let typeProblems: readonly Problem[] = [];
  /** The user wrote the sample; it no longer follows the schema. */
  let ownSample = false;
  let checking: Disposable | undefined;
  let running: AbortController | undefined;
  let disposed = false;

  const first = (writable && draftFromBackup(backup, saved)) || saved;
  const view = createStore<ToolView>(() => ({
    mode: 'both',
    side: 'input',
    tool: read.value,
    draft: first,
    problems: problemsOf(first),
    sample: sampleOf(first) ?? '{}',
    test: undefined,
    place: undefined,
  }));
  const title = () => `${view.getState().tool.name}.tool.ts`;
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));

  function publishState() {
    const { draft, tool } = view.getState();
    const dirty = !sameDraft(draft, saved);
    state.setState({
      title: title(),
      dirty,
      status: dirty ? `Draft of v${tool.version + 1}` : `v${tool.version}`,
    });
  }

  function check() {
    const { draft } = view.getState();
    const problems = problemsOf(draft);
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
    platform.problems.set('tools', resource, title(), [...typeProblems, ...listed]);
  }

  function show(draft: ToolDraft) {
    const sample = ownSample ? undefined : sampleOf(draft);
    view.setState({ draft, ...(sample !== undefined && { sample }) });
    publishState();
    checking?.dispose();
    checking = timers.after(settle, check);
  }

  /** The editor shows what the server has now. */
  function adopt(tool: Tool) {
    saved = draftOf(tool.content);
    view.setState({ tool });
    show(saved);
  }

  async function save(): Promise<Result<void, Failure>> {
    const { draft, tool } = view.getState();
    const content = readDraft(draft);
    if (!content.ok) return failed(notReady(content.failure));
    const answer = await saveVersion({
      dialogs: platform.dialogs,
      edited: tool,
      put: (ifMatch) => api.call(toolRoutes.update, { params, ifMatch, body: { content: content.value } }),
      newest: () => api.call(toolRoutes.get, { params }),
    });
    if (!answer.ok) return answer;
    if (answer.value.whose === 'theirs') adopt(answer.value.saved);
    else {
      saved = draft;
      view.setState({ tool: answer.value.saved });
      publishState();
    }
    return ok();
  }

  /** Somebody renamed or saved it: what has no changes here shows it at once. */
  async function readAgain() {
    if (disposed) return;
    const answer = await api.call(toolRoutes.get, { params });
    const { tool } = view.getState();
    if (disposed || !answer.ok || answer.value.version === tool.version) return;
    if (!state.getState().dirty) adopt(answer.value);
    else if (answer.value.name !== tool.name) {
      view.setState({ tool: { ...tool, name: answer.value.name } });
      publishState();
    }
  }
  const watching = platform.live.subscribeTopic('tools', {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === resource.id && change.data.change === 'updated')
        void readAgain();
    },
    reset: () => void readAgain(),
  });

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
    if (disposed || running !== mine) return;
    view.setState({
      test: answer.ok
        ? { state: 'ran', answer: answer.value, line: lineOf(answer.value) }
        : { state: 'failed', failure: answer.failure },
    });
  }

  publishState();
  check();

  return ok({
    platform,
    resource,
    state,
    view,
    writable,
    showMode: (mode) => view.setState({ mode }),
    showSide: (side) => view.setState({ side }),
    change(field, value) {
      const { draft } = view.getState();
      if (writable && draft[field] !== value) show({ ...draft, [field]: value });
    },
    setTypeProblems(problems) {
      if (disposed) return;
      typeProblems = problems;
      check();
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
    ...(writable && { save }),
    async revert() {
      show(saved);
    },
    backup: () => (state.getState().dirty ? JSON.stringify(view.getState().draft) : undefined),
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
      disposed = true;
      checking?.dispose();
      running?.abort();
      watching.dispose();
      platform.problems.set('tools', resource, title(), []);
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
