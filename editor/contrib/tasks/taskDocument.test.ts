import { beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import { platformOn, type VersionedServer, versionedServer } from '../../test/versionedServer.ts';
import { withKeyword } from './schema.ts';
import { blankTask, openTaskDocument, type TaskDocument } from './taskDocument.ts';
import { taskKind } from './taskKind.ts';
import { textOf } from './taskText.ts';

const resource = { kind: 'task', id: 't1', name: 'classify' };

let server: VersionedServer;
let platform: Platform;
let time: ReturnType<typeof platformOn>['time'];

beforeEach(() => {
  server = versionedServer('/api/tasks/t1', 'classify', blankTask);
  ({ platform, time } = platformOn(server.fetch, undefined, taskKind));
});

async function opened(backup?: string): Promise<TaskDocument> {
  const result = await openTaskDocument(platform, resource, backup);
  if (!result.ok) throw new Error(result.failure.message);
  return result.value;
}

const answerField = ['responseSchema', 'properties', 'answer'];
const describe = (document: TaskDocument, text: string) =>
  document.change(answerField, 'description', (schema) => withKeyword(schema, 'description', text));
const content = (document: TaskDocument) => document.view.getState().reading.value as typeof blankTask;

it('has one history for cards and text', async () => {
  const document = await opened();
  describe(document, 'Yes or no');
  time.advance(2_000);
  document.type(document.view.getState().draft.replace('Yes or no', 'Yes, no or perhaps'));
  expect(content(document).responseSchema).toMatchObject({
    properties: { answer: { description: 'Yes, no or perhaps' } },
  });

  document.undo();
  expect(document.view.getState().draft).toContain('"Yes or no"');
  document.undo();
  expect(document.state.getState()).toMatchObject({ canUndo: false, canRedo: true });
  document.redo();
  document.redo();
  expect(document.view.getState().draft).toContain('Yes, no or perhaps');
});

it('takes keys in a row back as one step', async () => {
  const document = await opened();
  for (const text of ['Y', 'Ye', 'Yes']) {
    describe(document, text);
    time.advance(200);
  }
  document.undo();

  expect(document.view.getState().draft).toBe(textOf(blankTask as never));
});

it('lets cards wait while the text cannot be read, and says on which line', async () => {
  const document = await opened();
  const text = document.view.getState().draft;
  document.type(text.replace('"responseSchema":', '"responseSchema"'));
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([
    { code: 'json(syntax)', line: 15, message: 'Expected a colon after "responseSchema", but found "{".' },
  ]);
  describe(document, 'lost?');
  expect(content(document)).toEqual(blankTask);
  expect(await document.save?.()).toMatchObject({ ok: false, failure: { code: 'UNREADABLE' } });
  expect(server.draft).toBeNull();
});

it('lists a wrong schema with its field and line, and shows the card it is at', async () => {
  const document = await opened();
  document.change(answerField, 'pattern', (schema) => ({ ...schema, minLength: 9, maxLength: 3 }));
  time.advance(300);
  const [problem] = platform.problems.of(resource);
  expect(problem).toMatchObject({
    code: 'schema(minLength)',
    elementName: 'answer',
    message: 'Expected minLength ≤ maxLength, but minLength is 9 and maxLength is 3.',
  });
  expect(document.view.getState().draft.split('\n')[problem!.line! - 1]).toContain('"minLength": 9');

  document.showMode('json');
  document.reveal?.(problem!);
  expect(document.view.getState()).toMatchObject({ mode: 'both', selected: answerField });
  expect([...document.view.getState().open]).toEqual(['/responseSchema/properties/answer']);
  expect(document.here?.()).toEqual({ path: answerField });
});

it('keeps a draft and makes it the next version', async () => {
  const document = await opened();
  describe(document, 'Yes or no');
  expect(document.state.getState()).toMatchObject({ dirty: true, status: 'Draft of v2' });

  expect(await document.save?.()).toMatchObject({ ok: true });
  expect(document.state.getState()).toMatchObject({ dirty: false, draft: true, status: 'Draft of v2' });
  expect(server.stored.version).toBe(1);

  expect(await document.kept.publish('Asks for less')).toMatchObject({ ok: true });
  expect(document.state.getState()).toMatchObject({ dirty: false, draft: false, status: 'v2' });
  expect(server.stored.content).toMatchObject({
    responseSchema: { properties: { answer: { description: 'Yes or no' } } },
  });
});

it('comes back after a reload with what was not kept, even if it cannot be read', async () => {
  const before = await opened();
  before.type('{ "description": ');
  const document = await opened(before.backup?.());

  expect(document.state.getState().dirty).toBe(true);
  expect(document.view.getState().unreadable?.message).toBe('Expected a value, but the text ends.');
});

it('cannot be changed without the permission', async () => {
  platform.context.set('permission:tasks:write', false);
  const document = await opened();
  describe(document, 'changed');

  expect(document.save).toBeUndefined();
  expect(document.state.getState().dirty).toBe(false);
});
