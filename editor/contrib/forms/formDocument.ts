import { ok, type Result } from '@baton/engine/protocol';
import { formDocument, type JsonValue } from '@baton/gateway/api';
import { type FormField, fieldsOf, readForm, readJson } from '@baton/gateway/documents';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OutlineItem, Resource } from '../../platform/documents.ts';
import type { Failure } from '../../platform/failure.ts';
import { createFileDocument, type FileDocument } from '../../platform/fileDocument.ts';
import type { Platform } from '../../platform/platform.ts';
import type { TextReading } from '../../platform/textDocument.ts';
import { openVersioned } from '../../platform/versionedDocument.ts';
import type { FormCanvas, MakeFormCanvas } from './formCanvas.ts';

export interface DrawnState {
  /** Component that is selected. */
  selected: string | undefined;
  /** Why the form as it is written cannot be drawn. */
  undrawn: string | undefined;
}

/** A form as people fill it in and as its JSON. */
export interface FormDocument extends FileDocument {
  readonly canvas: FormCanvas;
  readonly drawn: StoreApi<DrawnState>;
}

const nothing: TextReading = { value: null, places: new Map() };

export async function openForm(
  platform: Platform,
  resource: Resource,
  backup: string | undefined,
  makeCanvas: MakeFormCanvas,
): Promise<Result<FormDocument, Failure>> {
  const read = await openVersioned(platform, resource, backup);
  if (!read.ok) return read;
  const drawn = createStore<DrawnState>(() => ({ selected: undefined, undrawn: undefined }));
  const canvas = makeCanvas({
    changed(form, what) {
      shown = textOf(form, file.view.getState().draft);
      file.redraw(shown, what);
    },
    selected: (selected) => drawn.setState({ selected }),
  });
  /** The text the canvas shows. */
  let shown: string | undefined;

  const file: FileDocument = createFileDocument({
    ...read.value,
    part: 'json',
    language: 'json',
    mode: 'form',
    textModes: ['json', 'both'],
    read: readJson,
    findings(text) {
      const form = readForm(text);
      return form.ok
        ? []
        : form.failure.map((fault) => ({ ...fault, code: 'FORM_INVALID', severity: 'error' as const }));
    },
    outline: (_text, { value }) => outlineOf(value),
    reveal({ elementId }) {
      if (elementId === undefined) return false;
      if (file.view.getState().mode === 'json') file.showMode('both');
      canvas.select(elementId);
      return true;
    },
    nothing,
  });

  /** What was undone, typed or came from the server is drawn; what cannot be leaves the form as it last was. */
  async function draw() {
    const { draft, reading, unreadable } = file.view.getState();
    if (unreadable || draft === shown) return;
    shown = draft;
    const answer = await canvas.show(reading.value);
    drawn.setState({ undrawn: answer.ok ? undefined : answer.failure.message });
  }
  await draw();
  const following = file.view.subscribe(() => void draw());

  return ok({
    ...file,
    canvas,
    drawn,
    dispose() {
      following();
      file.dispose();
      canvas.dispose();
    },
  });
}

/** Written as the file is written: with its indentation and its last line end. */
export function textOf(form: JsonValue, before: string): string {
  const indent = /^\s*[{[]\r?\n([ \t]+)/.exec(before)?.[1] ?? 2;
  return `${JSON.stringify(form, null, indent)}${before.endsWith('\n') || before === '' ? '\n' : ''}`;
}

function outlineOf(value: JsonValue): OutlineItem[] {
  const form = formDocument.safeParse(value);
  if (!form.success) return [];
  return fieldsOf(form.data).map((field: FormField) => ({
    id: field.path.join('/'),
    name: field.label || field.key || field.type,
    type: 'Field',
    detail: [field.key, field.type].filter(Boolean).join(', '),
    depth: field.path.length / 2 - 1,
    place: field.id ? { elementId: field.id } : { path: field.path },
  }));
}
