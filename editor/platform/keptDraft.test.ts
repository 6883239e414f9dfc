import { failed, ok, type Result } from '@baton/engine/protocol';
import { taskRoutes } from '@baton/gateway/api';
import { beforeEach, expect, it } from 'vitest';
import { settled } from '../test/manualTimers.ts';
import { platformOn, type VersionedServer, versionedServer } from '../test/versionedServer.ts';
import type { Failure } from './failure.ts';
import { createKeptDraft, type KeptDraft, readBackup, readOpened } from './keptDraft.ts';
import { type Content, versionedCalls } from './versionedCalls.ts';

let server: VersionedServer;
let platform: ReturnType<typeof platformOn>;

beforeEach(() => {
  server = versionedServer('/api/tasks/t1', 'classify', { say: 'first' });
  platform = platformOn(server.fetch);
});

/** An editor of one sentence; `{` cannot be read. */
interface Sentence {
  kept: KeptDraft;
  text: string;
  type(text: string): void;
}

async function opened(backup?: string): Promise<Sentence> {
  const calls = versionedCalls(platform.platform.api, taskRoutes, 't1');
  const read = await readOpened(calls);
  if (!read.ok) throw new Error(read.failure.message);
  const before = readBackup(backup);
  const editor: Sentence = {
    text: before?.text ?? String(read.value.content.say),
    type(text) {
      editor.text = text;
      editor.kept.touched();
    },
    kept: createKeptDraft(read.value, {
      calls,
      topic: 'tasks',
      id: 't1',
      live: platform.platform.live,
      timers: platform.platform.timers,
      content: (): Result<Content, Failure> =>
        editor.text.startsWith('{')
          ? failed({ code: 'UNREADABLE', message: 'Line 1: Expected a sentence.' })
          : ok({ say: editor.text }),
      show(content) {
        editor.text = String(content.say);
      },
      over: before?.over,
    }),
  };
  if (before) editor.kept.touched();
  return editor;
}

async function wait(ms: number) {
  platform.time.advance(ms);
  // An answer is read in a turn of its own.
  for (let turn = 0; turn < 8; turn++) {
    await settled();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const heard = async (change: string) => {
  platform.live('tasks')?.event({ change, id: 't1', name: 'classify' });
  await wait(0);
};

it('is at the server one second after the last key', async () => {
  const editor = await opened();
  editor.type('mi');
  await wait(900);
  editor.type('mine');
  await wait(900);
  expect(server.draft).toBeNull();
  expect(editor.kept.getState().keeping).toBe('waiting');

  await wait(100);
  expect(server.draft).toMatchObject({ base: 1, content: { say: 'mine' } });
  expect(editor.kept.getState()).toMatchObject({
    keeping: 'kept',
    draft: { base: 1, updatedBy: 'designer' },
  });
});

it('goes away when what was typed is taken back', async () => {
  const editor = await opened();
  editor.type('mine');
  await wait(1_000);
  editor.type('first');
  await wait(1_000);

  expect(server.draft).toBeNull();
  expect(editor.kept.getState()).toMatchObject({ draft: null, keeping: 'kept' });
});

it('becomes the next version', async () => {
  const editor = await opened();
  editor.type('mine');

  editor.kept.ask(true);
  expect(await editor.kept.publish('Shorter')).toMatchObject({ ok: true, value: { version: 2 } });
  expect(server.stored.content).toEqual({ say: 'mine' });
  expect(editor.kept.getState()).toMatchObject({
    draft: null,
    asking: false,
    keeping: 'kept',
    published: { version: 2 },
  });

  editor.type('more');
  await wait(1_000);
  expect(server.draft).toMatchObject({ base: 2, content: { say: 'more' } });
});

it('says what the server refused, and keeps the draft', async () => {
  const editor = await opened();
  editor.type('mine');
  await wait(1_000);
  server.refusal = { status: 409, body: { error_code: 'REFERENCE_MISSING', message: 'Expected tool a' } };

  expect(await editor.kept.publish('')).toMatchObject({ ok: false, failure: { code: 'REFERENCE_MISSING' } });
  expect(server.draft?.content).toEqual({ say: 'mine' });
  expect(editor.kept.getState()).toMatchObject({ busy: undefined, draft: { base: 1 } });
});

it('can be discarded and taken back', async () => {
  const editor = await opened();
  editor.type('mine');
  await wait(1_000);

  const discarded = await editor.kept.discard();
  expect(discarded).toEqual({ ok: true, value: { say: 'mine' } });
  expect([server.draft, editor.text]).toEqual([null, 'first']);

  await editor.kept.replace({ say: 'mine' });
  expect([server.draft?.content, editor.text]).toEqual([{ say: 'mine' }, 'mine']);
});

it('stays in the browser while the server is away, and goes there when it is back', async () => {
  const editor = await opened();
  server.away = true;
  editor.type('mine');
  await wait(1_000);
  expect(editor.kept.getState()).toMatchObject({ keeping: 'offline', failure: { code: 'UNREACHABLE' } });

  await wait(5_000);
  expect(editor.kept.getState().keeping).toBe('offline');
  server.away = false;
  await wait(5_000);
  expect(server.draft?.content).toEqual({ say: 'mine' });
  expect(editor.kept.getState().keeping).toBe('kept');
});

it('waits for a text that cannot be read, and says why', async () => {
  const editor = await opened();
  editor.type('{');
  await wait(1_000);
  expect(editor.kept.getState()).toMatchObject({ keeping: 'held', failure: { code: 'UNREADABLE' } });
  expect(server.draft).toBeNull();

  editor.type('mine');
  await wait(1_000);
  expect(editor.kept.getState().keeping).toBe('kept');
});

it('comes back after a reload with what was not sent', async () => {
  const before = await opened();
  before.type('mine');
  const backup = before.kept.backup(before.text);
  before.kept.dispose();

  const after = await opened(backup);
  await wait(1_000);
  expect([after.text, server.draft?.content]).toEqual(['mine', { say: 'mine' }]);
});

it('does not send what comes back over work it has not seen: both are shown', async () => {
  const before = await opened();
  before.type('mine');
  const backup = before.kept.backup(before.text);
  before.kept.dispose();
  server.draftBy('ines', { say: 'theirs' });

  const after = await opened(backup);
  await wait(1_000);
  expect(server.draft?.content).toEqual({ say: 'theirs' });
  expect(after.kept.getState().conflict).toEqual({
    mine: { say: 'mine' },
    theirs: expect.objectContaining({ what: 'draft', by: 'ines', content: { say: 'theirs' } }),
  });
});

it('shows at once what somebody else types or publishes', async () => {
  const editor = await opened();
  server.draftBy('ines', { say: 'theirs' });
  await heard('draft');
  expect(editor.text).toBe('theirs');
  expect(editor.kept.getState()).toMatchObject({ keeping: 'kept', draft: { updatedBy: 'ines' } });

  server.publishedBy('ines', { say: 'published' });
  await heard('updated');
  expect(editor.text).toBe('published');
  expect(editor.kept.getState()).toMatchObject({ draft: null, published: { version: 2 } });
});

it('goes on over a new name', async () => {
  const editor = await opened();
  editor.type('mine');
  await wait(1_000);
  server.name = 'sort';
  const draft = server.draft;
  server.publishedBy('ines', { say: 'first' });
  server.draft = draft;
  await heard('updated');

  expect(editor.kept.getState().published.name).toBe('sort');
  expect(await editor.kept.publish('')).toMatchObject({ ok: true, value: { version: 3 } });
});

it.each([
  ['a draft', () => server.draftBy('ines', { say: 'theirs' }), { what: 'draft', version: 1 }],
  ['a version', () => server.publishedBy('ines', { say: 'theirs' }), { what: 'version', version: 2 }],
])('meets %s of somebody else: nothing is written over, both are there', async (_, happens, theirs) => {
  const editor = await opened();
  editor.type('mine');
  happens();
  await wait(1_000);

  expect(editor.kept.getState().conflict).toMatchObject({ mine: { say: 'mine' }, theirs });
  expect(editor.text).toBe('mine');
  expect(await editor.kept.keep()).toMatchObject({ ok: false, failure: { code: 'UNDECIDED' } });
  expect((server.draft ?? server.stored).content).toEqual({ say: 'theirs' });
});

it.each(['mine', 'theirs', 'parts of both'])('goes on with %s once it is decided', async (say) => {
  const editor = await opened();
  editor.type('mine');
  server.publishedBy('ines', { say: 'theirs' });
  await wait(1_000);

  expect(await editor.kept.resolve({ say })).toMatchObject({ ok: true });
  expect(editor.text).toBe(say);
  expect(editor.kept.getState()).toMatchObject({ conflict: undefined, keeping: 'kept' });
  expect(server.draft?.content).toEqual(say === 'theirs' ? undefined : { say });
  expect(await editor.kept.publish('')).toMatchObject({ ok: true });
  expect(server.stored.content).toEqual({ say });
});

it('does not publish over a version its draft did not begin with', async () => {
  const editor = await opened();
  editor.type('mine');
  await wait(1_000);
  const draft = server.draft;
  server.publishedBy('ines', { say: 'theirs' });
  server.draft = draft;

  expect(await editor.kept.publish('')).toMatchObject({ ok: false, failure: { code: 'UNDECIDED' } });
  expect(server.stored.content).toEqual({ say: 'theirs' });
  expect(editor.kept.getState().conflict).toMatchObject({
    mine: { say: 'mine' },
    theirs: { what: 'version', version: 2, content: { say: 'theirs' } },
  });

  await editor.kept.resolve({ say: 'both' });
  expect(server.draft).toMatchObject({ base: 2, content: { say: 'both' } });
});
