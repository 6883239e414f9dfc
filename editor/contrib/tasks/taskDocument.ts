import { failed, ok, type Result } from '@baton/engine/protocol';
import { type JsonValue, resourceChange, type Task, type TaskContent, taskRoutes } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Disposable } from '../../base/disposable.ts';
import type { DocumentModel, DocumentState, Place, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Problem } from '../../platform/problems.ts';
import { saveVersion } from '../../platform/saveVersion.ts';
import { checkTask, type TaskProblem } from './checkTask.ts';
import { type JsonPath, type JsonPlace, type JsonProblem, pathKey, readJson } from './jsonText.ts';
import { changedAt, isObject, type Schema } from './schema.ts';

export type TaskMode = 'cards' | 'both' | 'json';
export type TaskSide = 'requestSchema' | 'responseSchema';

export interface TaskView {
  mode: TaskMode;
  side: TaskSide;
  task: Task;
  /** The document; cards and text both change this. */
  text: string;
  /** What the text last said when it could be read. */
  content: JsonValue;
  places: ReadonlyMap<string, JsonPlace>;
  /** Why the text cannot be read; cards wait meanwhile. */
  unreadable: JsonProblem | undefined;
  problems: readonly TaskProblem[];
  /** The field worked on: its card is framed, its lines are marked. */
  selected: JsonPath | undefined;
  /** `pathKey` of the cards that are open. */
  open: ReadonlySet<string>;
}

export interface TaskDocument extends DocumentModel {
  readonly platform: Platform;
  readonly view: StoreApi<TaskView>;
  readonly writable: boolean;
  showMode(mode: TaskMode): void;
  showSide(side: TaskSide): void;
  select(path: JsonPath | undefined): void;
  toggle(path: JsonPath): void;
  /** The user typed in the text. */
  type(text: string): void;
  /** A card changes the object at `path`. Changes of the same `what` in a row are one step of undo. */
  change(path: JsonPath, what: string, edit: (inner: Schema) => JsonValue): void;
  undo(): void;
  redo(): void;
}

/** Checked this many ms after the last change. */
const settle = 300;
/** Keys pressed within this many ms of each other are one step of undo. */
const oneStep = 1000;

export function textOf(content: JsonValue): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

interface Step {
  text: string;
  what: string;
  at: number;
}

export async function openTaskDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<TaskDocument, Failure>> {
  const { api, clock, timers } = platform;
  const params = { id: resource.id };
  const read = await api.call(taskRoutes.get, { params });
  if (!read.ok) return read;
  const writable = Boolean(platform.context.get('permission:tasks:write'));
  const savedText = (task: Task) => textOf(task.content as JsonValue);

  let saved = savedText(read.value);
  const past: Step[] = [];
  const future: Step[] = [];
  let checking: Disposable | undefined;
  let disposed = false;

  const view = createStore<TaskView>(() => ({
    mode: 'both',
    side: 'responseSchema',
    task: read.value,
    text: saved,
    content: read.value.content as JsonValue,
    places: new Map(),
    unreadable: undefined,
    problems: [],
    selected: undefined,
    open: new Set(),
  }));
  const title = () => `${view.getState().task.name}.task.json`;
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));

  function publishState() {
    const { text, task, selected } = view.getState();
    const dirty = text !== saved;
    state.setState({
      title: title(),
      dirty,
      canUndo: past.length > 0,
      canRedo: future.length > 0,
      crumbs: crumbsOf(selected),
      status: dirty ? `Draft of v${task.version + 1}` : `v${task.version}`,
    });
  }

  function check() {
    const { content, unreadable, places } = view.getState();
    const problems = unreadable ? [] : checkTask(content);
    view.setState({ problems });
    const listed = unreadable
      ? [{ severity: 'error' as const, code: 'json(syntax)', ...unreadable }]
      : problems.map((problem) => asProblem(problem, places));
    platform.problems.set('tasks', resource, title(), listed);
  }

  function checkSoon() {
    checking?.dispose();
    checking = timers.after(settle, check);
  }

  /** Shows another text; reads it, and keeps the content as it was where it cannot be read. */
  function show(text: string) {
    const reading = readJson(text);
    view.setState({
      text,
      unreadable: reading.ok ? undefined : reading.failure,
      ...(reading.ok && { content: reading.value.value, places: reading.value.places }),
    });
    publishState();
    checkSoon();
  }

  function step(text: string, what: string) {
    const before = view.getState().text;
    if (text === before) return;
    const now = clock.now();
    const last = past.at(-1);
    const goesOn = last && last.what === what && now - last.at < oneStep && future.length === 0;
    if (goesOn) last.at = now;
    else past.push({ text: before, what, at: now });
    future.length = 0;
    show(text);
  }

  function walk(from: Step[], to: Step[]) {
    const target = from.pop();
    if (!target) return;
    to.push({ ...target, text: view.getState().text, at: 0 });
    show(target.text);
  }

  /** The editor shows what the server has now. */
  function adopt(task: Task) {
    saved = savedText(task);
    past.length = 0;
    future.length = 0;
    view.setState({ task });
    show(saved);
  }

  async function save(): Promise<Result<void, Failure>> {
    const { text, content, unreadable, task } = view.getState();
    if (unreadable)
      return failed({ code: 'JSON_UNREADABLE', message: `Line ${unreadable.line}: ${unreadable.message}` });
    const answer = await saveVersion({
      dialogs: platform.dialogs,
      edited: task,
      put: (ifMatch) =>
        api.call(taskRoutes.update, { params, ifMatch, body: { content: content as TaskContent } }),
      newest: () => api.call(taskRoutes.get, { params }),
    });
    if (!answer.ok) return answer;
    if (answer.value.whose === 'theirs') adopt(answer.value.saved);
    else {
      saved = text;
      view.setState({ task: answer.value.saved });
      publishState();
    }
    return ok();
  }

  /** Somebody renamed or saved it: what has no changes here shows it at once. */
  async function readAgain() {
    if (disposed) return;
    const answer = await api.call(taskRoutes.get, { params });
    const { task } = view.getState();
    if (disposed || !answer.ok || answer.value.version === task.version) return;
    if (!state.getState().dirty) adopt(answer.value);
    else if (answer.value.name !== task.name) {
      view.setState({ task: { ...task, name: answer.value.name } });
      publishState();
    }
  }
  const watching = platform.live.subscribeTopic('tasks', {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === resource.id && change.data.change === 'updated')
        void readAgain();
    },
    reset: () => void readAgain(),
  });

  function select(selected: JsonPath | undefined) {
    if (selected && pathKey(selected) === pathKey(view.getState().selected ?? [])) return;
    view.setState({ selected });
    publishState();
  }

  show(backup ?? saved);
  checking?.dispose();
  check();

  return ok({
    platform,
    resource,
    state,
    view,
    writable,
    showMode: (mode) => view.setState({ mode }),
    showSide(side) {
      view.setState({ side });
      select(undefined);
    },
    select,
    toggle(path) {
      const open = new Set(view.getState().open);
      if (!open.delete(pathKey(path))) open.add(pathKey(path));
      view.setState({ open });
    },
    type: (text) => step(text, 'text'),
    change(path, what, edit) {
      const { content, unreadable } = view.getState();
      if (unreadable || !writable) return;
      step(textOf(changedAt(content, path, edit)), `${pathKey(path)} ${what}`);
    },
    ...(writable && { save }),
    undo: () => walk(past, future),
    redo: () => walk(future, past),
    async revert() {
      step(saved, 'revert');
    },
    backup: () => view.getState().text,
    reveal(place: Place) {
      if (place.path) {
        const [side] = place.path;
        const field = fieldPath(place.path);
        view.setState({
          ...((side === 'requestSchema' || side === 'responseSchema') && { side }),
          ...(view.getState().mode === 'json' && { mode: 'both' as const }),
          open: new Set([...view.getState().open, ...fieldPaths(field).map(pathKey)]),
        });
        select(field);
      } else if (view.getState().mode === 'cards') view.setState({ mode: 'both' });
    },
    dispose() {
      disposed = true;
      checking?.dispose();
      watching.dispose();
      platform.problems.set('tasks', resource, title(), []);
    },
  });
}

/** The fields on the way to a place, outermost first: names under `properties`, through the items of lists. */
export function fieldPaths(path: JsonPath): JsonPath[] {
  const fields: JsonPath[] = [];
  for (let end = 1; end < path.length; ) {
    if (path[end] === 'properties' && end + 1 < path.length) {
      end += 2;
      fields.push(path.slice(0, end));
    } else if (path[end] === 'items') end += 1;
    else break;
  }
  return fields;
}

/** The field a keyword belongs to, or the part of the document. */
export function fieldPath(path: JsonPath): JsonPath {
  return fieldPaths(path).at(-1) ?? path.slice(0, 1);
}

function crumbsOf(selected: JsonPath | undefined): { label: string }[] {
  if (!selected) return [];
  const names = fieldPaths(selected).map((field) => field.at(-1)!);
  return [selected[0] === 'requestSchema' ? 'request' : 'response', ...names].map((label) => ({ label }));
}

function asProblem(problem: TaskProblem, places: ReadonlyMap<string, JsonPlace>): Problem {
  const { path, code, message } = problem;
  let place: JsonPlace | undefined;
  for (let end = path.length; end >= 0 && !place; end--) place = places.get(pathKey(path.slice(0, end)));
  const name = fieldPath(path).at(-1);
  return {
    severity: 'error',
    code,
    message,
    path,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    ...(path.length > 1 && name !== undefined && { elementName: name }),
  };
}

/** A task as it is made: one question, one answer. */
export const blankTask: TaskContent = {
  description: '',
  requestSchema: {
    type: 'object',
    properties: { question: { type: 'string', description: 'What is asked' } },
    required: ['question'],
  },
  responseSchema: {
    type: 'object',
    properties: { answer: { type: 'string', description: 'The answer in one sentence' } },
    required: ['answer'],
    additionalProperties: false,
  },
};

export function fieldCount(content: JsonValue, side: TaskSide): number {
  const schema = isObject(content) ? content[side] : undefined;
  return isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties).length : 0;
}
