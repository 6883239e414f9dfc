import { ok } from '@baton/engine/protocol';
import type { JsonValue } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { settled } from '../../test/manualTimers.ts';
import { platformOn, type VersionedServer, versionedServer } from '../../test/versionedServer.ts';
import type { FormCanvasListeners } from './formCanvas.ts';
import { type FormDocument, openForm } from './formDocument.ts';
import { formKind } from './formKind.ts';

const form = {
  id: 'refund',
  type: 'default',
  components: [{ type: 'textfield', id: 'f1', key: 'why', label: 'Why' }],
};
const json = `${JSON.stringify(form, null, 4)}\n`;

let server: VersionedServer;
let drawnForms: JsonValue[];
let canvas: FormCanvasListeners;
let document: FormDocument;
let on: ReturnType<typeof platformOn>;

beforeEach(async () => {
  server = versionedServer('/api/forms/f1', 'Refund', { json });
  on = platformOn(server.fetch, undefined, formKind);
  drawnForms = [];
  const opened = await openForm(on.platform, { kind: 'form', id: 'f1' }, undefined, (listeners) => {
    canvas = listeners;
    return {
      element: undefined as never,
      properties: undefined as never,
      show: async (shown) => {
        drawnForms.push(shown);
        return ok();
      },
      select: () => {},
      selected: () => undefined,
      dispose: () => {},
    };
  });
  if (!opened.ok) throw new Error(opened.failure.message);
  document = opened.value;
});

const label = (text: string) => ({ ...form, components: [{ ...form.components[0], label: text }] });
const text = () => document.view.getState().draft;

it('writes what is drawn as the file is written, and undoes it on both sides', async () => {
  canvas.changed(label('Reason'), 'f1 label');
  expect(text()).toBe(`${JSON.stringify(label('Reason'), null, 4)}\n`);
  // What the canvas did itself is not drawn again.
  expect(drawnForms).toEqual([form]);

  document.undo();
  await settled();

  expect(text()).toBe(json);
  expect(drawnForms).toEqual([form, form]);
});

it('keeps the form as it was while the text cannot be read, and says where', async () => {
  document.type('{\n  "id": "refund",,\n}');
  on.time.advance(1_500);
  await settled();

  expect(document.view.getState().unreadable?.line).toBe(2);
  expect(drawnForms).toEqual([form]);
  // What is drawn meanwhile does not write over what is typed.
  canvas.changed(label('Lost'), 'f1 label');
  expect(text()).toContain(',,');
  // And the server has it: nothing typed is lost with the browser.
  expect(server.draft?.content).toEqual({ json: '{\n  "id": "refund",,\n}' });
});

it('lists what is wrong with the form where it stands', async () => {
  document.type(json.replace('"type": "textfield",', ''));
  on.time.advance(400);
  await settled();

  expect(on.platform.problems.of(document.resource)).toMatchObject([{ severity: 'error', line: 5 }]);
  expect(document.outline?.().map(({ name }) => name)).toEqual([]);
});
