import { ok, type Result } from '@baton/engine/protocol';
import type { JsonValue, TaskContent } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type ContentPath, pathKey } from '../../platform/contentPath.ts';
import type { Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { readJson } from '../../platform/jsonText.ts';
import type { Platform } from '../../platform/platform.ts';
import {
  createTextDraft,
  type TextDocument,
  type TextReading,
  type TextView,
} from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import { checkTask } from './checkTask.ts';
import { changedAt, isObject, type Schema } from './schema.ts';
import { textOf } from './taskText.ts';

export type TaskMode = 'cards' | 'both' | 'json';
export type TaskSide = 'requestSchema' | 'responseSchema';

export interface TaskView extends TextView {
  mode: TaskMode;
  side: TaskSide;
  /** `pathKey` of the cards that are open. */
  open: ReadonlySet<string>;
}

export interface TaskDocument extends TextDocument {
  readonly view: StoreApi<TaskView>;
  showSide(side: TaskSide): void;
  toggle(path: ContentPath): void;
  /** A card changes the object at `path`. Changes of the same `what` in a row are one step of undo. */
  change(path: ContentPath, what: string, edit: (inner: Schema) => JsonValue): void;
}

export async function openTaskDocument(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
): Promise<Result<TaskDocument, Failure>> {
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const { resource: saved, content } = read.value.opened;

  const view = createStore<TaskView>(() => ({
    mode: 'both',
    side: 'responseSchema',
    saved,
    draft: textOf(content),
    reading: { value: content, places: new Map() },
    unreadable: undefined,
    problems: [],
    selected: undefined,
    open: new Set(),
  }));
  const text = createTextDraft<TextReading>({
    ...read.value,
    view,
    draftOf: textOf,
    language: 'json',
    read: readJson,
    findings: checkTask,
    nameOf: (path) => (path.length > 1 ? fieldPath(path).at(-1) : undefined),
    crumbs: crumbsOf,
  });
  text.begin();

  const { model } = text;
  return ok({
    ...model,
    view,
    showSide(side) {
      view.setState({ side });
      model.select(undefined);
    },
    toggle(path) {
      const open = new Set(view.getState().open);
      if (!open.delete(pathKey(path))) open.add(pathKey(path));
      view.setState({ open });
    },
    change(path, what, edit) {
      const { reading, unreadable } = view.getState();
      if (unreadable || !model.writable) return;
      text.step(textOf(changedAt(reading.value, path, edit)), `${pathKey(path)} ${what}`);
    },
    reveal({ path }) {
      const { mode, open } = view.getState();
      if (path) {
        const [side] = path;
        const field = fieldPath(path);
        view.setState({
          ...((side === 'requestSchema' || side === 'responseSchema') && { side }),
          ...(mode === 'json' && { mode: 'both' as const }),
          open: new Set([...open, ...fieldPaths(field).map(pathKey)]),
        });
        model.select(field);
      } else if (mode === 'cards') view.setState({ mode: 'both' });
    },
  });
}

/** The fields on the way to a place, outermost first: names under `properties`, through the items of lists. */
export function fieldPaths(path: ContentPath): ContentPath[] {
  const fields: ContentPath[] = [];
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
export function fieldPath(path: ContentPath): ContentPath {
  return fieldPaths(path).at(-1) ?? path.slice(0, 1);
}

function crumbsOf(selected: ContentPath | undefined): { label: string }[] {
  if (!selected) return [];
  const names = fieldPaths(selected).map((field) => field.at(-1)!);
  return [selected[0] === 'requestSchema' ? 'request' : 'response', ...names].map((label) => ({ label }));
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
