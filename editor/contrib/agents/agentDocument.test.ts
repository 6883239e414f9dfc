import { beforeEach, expect, it } from 'vitest';
import type { OpenDialog } from '../../platform/dialogs.ts';
import { memoryStorage } from '../../platform/host.ts';
import { createPlatform, type Platform } from '../../platform/platform.ts';
import { createThemes } from '../../platform/theme.ts';
import { configuration, editorServer, me } from '../../test/editorServer.ts';
import { manualTimers, settled } from '../../test/manualTimers.ts';
import { type AgentDocument, openAgentDocument } from './agentDocument.ts';
import { blankAgent } from './blankAgent.ts';

const resource = { kind: 'agent', id: 'a1', name: 'triage' };

let stored: { version: number; hash: string; updatedBy: string; content: unknown };
let time: ReturnType<typeof manualTimers>;
let platform: Platform;

const answer = () => ({ id: 'a1', name: 'triage', updatedAt: '2026-01-02T03:04:05Z', ...stored });
const refusal = (status: number, code: string) =>
  Response.json({ error_code: code, message: 'Expected v1, but v2', request_id: 'r1' }, { status });

beforeEach(() => {
  stored = { version: 1, hash: 'h1', updatedBy: 'dana', content: structuredClone(blankAgent) };
  time = manualTimers();
  platform = createPlatform({
    me,
    configuration,
    session: { token: async () => 'token' } as never,
    themes: createThemes('dark', { apply: () => {}, token: () => '' }),
    fetch: async (url, init) => {
      if (url !== '/api/agents/a1') return editorServer(url, init);
      if (init?.method !== 'PUT') return Response.json(answer());
      const ifMatch = new Headers(init.headers).get('if-match');
      if (ifMatch !== `"${stored.hash}"`) return refusal(412, 'VERSION_CONFLICT');
      const { content } = JSON.parse(String(init.body)) as { content: unknown };
      const version = stored.version + 1;
      stored = { version, hash: `h${version}`, updatedBy: 'designer', content };
      return Response.json(answer());
    },
    openSocket: () => {
      throw new Error('Expected no socket');
    },
    ...time,
    storage: memoryStorage(),
  });
});

async function opened(backup?: string): Promise<AgentDocument> {
  const result = await openAgentDocument(platform, resource, backup);
  if (!result.ok) throw new Error(result.failure.message);
  await settled();
  return result.value;
}

const content = (document: AgentDocument) => document.view.getState().reading.value as typeof blankAgent;

/** The question the user is asked next. */
const asked = () =>
  new Promise<Extract<OpenDialog, { type: 'question' }>>((resolve) => {
    const stop = platform.dialogs.subscribe(() => {
      const dialog = platform.dialogs.getState();
      if (dialog?.type !== 'question') return;
      stop();
      resolve(dialog);
    });
  });

it('has one history for form and text', async () => {
  const document = await opened();
  document.change(['temperature'], 1);
  time.advance(2_000);
  document.type(document.view.getState().draft.replace('temperature: 1', 'temperature: 0.7'));
  expect(content(document).temperature).toBe(0.7);

  document.undo();
  expect(content(document).temperature).toBe(1);
  document.undo();
  expect(document.state.getState()).toMatchObject({ dirty: false, canUndo: false, canRedo: true });
  document.redo();
  document.redo();
  expect(content(document).temperature).toBe(0.7);
});

it('takes keys in a row in one field back as one step', async () => {
  const document = await opened();
  for (const text of ['S', 'So', 'Sorts']) {
    document.change(['description'], text);
    time.advance(200);
  }
  document.undo();

  expect(document.state.getState().dirty).toBe(false);
});

it('lets the form wait while the text cannot be read, and says on which line', async () => {
  const document = await opened();
  document.type(`${document.view.getState().draft}model: again\n`);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([
    { code: 'yaml(syntax)', line: 12, message: 'Expected each name once, but this one is there twice.' },
  ]);
  document.change(['description'], 'lost?');
  expect(content(document)).toEqual(blankAgent);
  expect(await document.save?.()).toMatchObject({ ok: false, failure: { code: 'YAML_UNREADABLE' } });
  expect(stored.version).toBe(1);
});

it('lists what is wrong with the words of the field, shows the field, and does not save', async () => {
  const document = await opened();
  document.change(['limits', 'maxTokens'], 'many');
  time.advance(300);
  const [problem] = platform.problems.of(resource);
  expect(problem).toMatchObject({
    code: 'agent(maxTokens)',
    elementName: 'maxTokens',
    message: 'Expected a number, but it is "many".',
  });
  expect(document.view.getState().problems[0]?.message).toBe(problem?.message);
  expect(document.view.getState().draft.split('\n')[problem!.line! - 1]).toBe('  maxTokens: many');

  document.showMode('yaml');
  document.reveal?.(problem!);
  expect(document.view.getState()).toMatchObject({ mode: 'both', selected: ['limits', 'maxTokens'] });
  expect(await document.save?.()).toMatchObject({
    ok: false,
    failure: { code: 'AGENT_INVALID', message: 'limits.maxTokens: Expected a number, but it is "many".' },
  });
  expect(stored.version).toBe(1);
});

it('says that comments do not outlive saving', async () => {
  const document = await opened();
  document.type(`# for the desk\n${document.view.getState().draft}`);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([
    { severity: 'warning', code: 'yaml(comment)', line: 1 },
  ]);
});

it('warns of tools the tenant does not have', async () => {
  const document = await opened();
  document.change(['tools'], ['refund']);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([{ severity: 'warning', elementName: 'tools' }]);
  expect(await document.save?.()).toMatchObject({ ok: true });
});

it('saves the next version', async () => {
  const document = await opened();
  document.change(['systemPrompt'], 'Be kind.\nBe brief.');
  expect(document.state.getState()).toMatchObject({ dirty: true, status: 'Draft of v2' });

  expect(await document.save?.()).toMatchObject({ ok: true });
  expect(document.state.getState()).toMatchObject({ dirty: false, status: 'v2' });
  expect(stored.content).toEqual({ ...blankAgent, systemPrompt: 'Be kind.\nBe brief.' });
});

it.each([
  ['mine', { version: 3, kept: 'mine' }],
  ['theirs', { version: 2, kept: 'theirs' }],
])('asks whose work goes on when somebody saved meanwhile: %s', async (choice, { version, kept }) => {
  const document = await opened();
  document.change(['description'], 'mine');
  stored = { version: 2, hash: 'h2', updatedBy: 'ines', content: { ...blankAgent, description: 'theirs' } };

  const saving = document.save?.();
  const { question, answer } = await asked();
  expect(question.title).toBe('triage was saved by ines meanwhile');
  answer(choice);

  expect(await saving).toMatchObject({ ok: true });
  expect(stored.version).toBe(version);
  expect(content(document).description).toBe(kept);
  expect(document.state.getState().dirty).toBe(false);
});

it('comes back after a reload with what was not saved, even if it cannot be read', async () => {
  const document = await opened('model: "');

  expect(document.state.getState().dirty).toBe(true);
  expect(document.view.getState().unreadable).toBeDefined();
});

it('cannot be changed without the permission', async () => {
  platform.context.set('permission:agents:write', false);
  const document = await opened();
  document.change(['description'], 'changed');

  expect(document.save).toBeUndefined();
  expect(document.state.getState().dirty).toBe(false);
});
