import { beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn, type VersionedServer, versionedServer } from '../../test/versionedServer.ts';
import { type AgentDocument, openAgentDocument } from './agentDocument.ts';
import { agentKind } from './agentKind.ts';
import { blankAgent } from './blankAgent.ts';

const resource = { kind: 'agent', id: 'a1', name: 'triage' };

let server: VersionedServer;
let platform: Platform;
let time: ReturnType<typeof platformOn>['time'];

beforeEach(() => {
  server = versionedServer('/api/agents/a1', 'triage', blankAgent);
  ({ platform, time } = platformOn(server.fetch, undefined, agentKind));
});

async function opened(backup?: string): Promise<AgentDocument> {
  const result = await openAgentDocument(platform, resource, backup);
  if (!result.ok) throw new Error(result.failure.message);
  await settled();
  return result.value;
}

const content = (document: AgentDocument) => document.view.getState().reading.value as typeof blankAgent;

it('has one history for form and text', async () => {
  const document = await opened();
  document.change(['parameters', 'temperature'], 1);
  time.advance(2_000);
  document.type(document.view.getState().draft.replace('temperature: 1', 'temperature: 0.7'));
  expect(content(document).parameters.temperature).toBe(0.7);

  document.undo();
  expect(content(document).parameters.temperature).toBe(1);
  document.undo();
  expect(document.state.getState()).toMatchObject({ canUndo: false, canRedo: true });
  document.redo();
  document.redo();
  expect(content(document).parameters.temperature).toBe(0.7);
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

it('reads a large text when nothing is typed for a moment, and before it is kept', async () => {
  const document = await opened();
  const long = Array.from({ length: 2_000 }, (_, line) => `  Rule ${line}: be brief.`).join('\n');
  document.type(document.view.getState().draft.replace(/systemPrompt:[^\n]*/, `systemPrompt: |\n${long}`));
  time.advance(300);
  document.type(document.view.getState().draft.replace('Rule 7:', 'Seventh:'));
  expect(content(document).systemPrompt).toContain('Rule 7:');

  time.advance(300);
  expect(content(document).systemPrompt).toContain('Seventh:');
});

it('lets the form wait while the text cannot be read, and says on which line', async () => {
  const document = await opened();
  document.type(`${document.view.getState().draft}model: again\n`);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([
    { code: 'yaml(syntax)', line: 25, message: 'Expected each name once, but this one is there twice.' },
  ]);
  document.change(['description'], 'lost?');
  expect(content(document)).toEqual(blankAgent);
  expect(await document.save?.()).toMatchObject({ ok: false, failure: { code: 'UNREADABLE' } });
  expect(server.draft).toBeNull();
});

it('lists what is wrong with the words of the field, and shows the field', async () => {
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
  expect(document.here?.()).toEqual({ path: ['limits', 'maxTokens'] });
});

it('says that comments do not outlive saving', async () => {
  const document = await opened();
  document.type(`# for the desk\n${document.view.getState().draft}`);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([
    { severity: 'warning', code: 'yaml(comment)', line: 1 },
  ]);
});

it('points out tools the tenant does not have, and leaves the refusal to the gateway', async () => {
  const document = await opened();
  document.change(['tools'], ['refund']);
  time.advance(300);

  expect(platform.problems.of(resource)).toMatchObject([{ severity: 'error', elementName: 'tools' }]);
  expect(await document.save?.()).toMatchObject({ ok: true });
});

it('keeps a draft and makes it the next version', async () => {
  const document = await opened();
  document.change(['systemPrompt'], 'Be kind.\nBe brief.');
  expect(document.state.getState()).toMatchObject({ dirty: true, status: 'Draft of v2' });

  expect(await document.kept.publish('')).toMatchObject({ ok: true });
  expect(document.state.getState()).toMatchObject({ dirty: false, status: 'v2' });
  expect(server.stored.content).toEqual({ ...blankAgent, systemPrompt: 'Be kind.\nBe brief.' });
});

it('comes back after a reload with what was not kept, even if it cannot be read', async () => {
  const before = await opened();
  before.type('model: "');
  const document = await opened(before.backup?.());

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
