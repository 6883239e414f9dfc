import { agentContent, type JsonValue, type Template } from '@baton/gateway/api';
import { expect, it } from 'vitest';
import { editorServer } from '../test/editorServer.ts';
import { platformOn } from '../test/versionedServer.ts';
import type { QuickPick } from './dialogs.ts';
import { type BlankStart, chooseStart, freeName, saveAsTemplate, wrongName } from './startTemplates.ts';

const agent = agentContent.parse({ provider: 'mock', model: 'mock-1', systemPrompt: 'Answer.' });
const blank: BlankStart<'agent'> = {
  of: 'agent',
  title: 'Blank agent',
  description: 'Answers in one sentence, without a key or a server',
  icon: 'agent',
  content: agent,
};

const template = (name: string, builtIn: boolean): Template => ({
  id: name,
  name,
  version: 1,
  hash: name,
  updatedAt: '2026-01-02T03:04:05Z',
  updatedBy: 'designer',
  labels: [],
  draft: null,
  builtIn,
  content: { of: 'agent', description: `${name}, in short`, content: { ...agent, description: name } },
});

function setUp(templates: readonly Template[]) {
  const made: JsonValue[] = [];
  const { platform } = platformOn(async (url, init) => {
    if (!url.startsWith('/api/templates')) return editorServer(url, init);
    if (init?.method === 'POST') {
      const body = JSON.parse(String(init.body)) as { name: string };
      made.push(body);
      return Response.json({ id: 't9', name: body.name });
    }
    return Response.json({
      items: templates,
      total: templates.length,
      limit: 200,
      offset: 0,
      has_more: false,
    });
  });
  return { platform, made };
}

async function asked(platform: ReturnType<typeof setUp>['platform']) {
  await expect.poll(() => platform.dialogs.getState()).toBeDefined();
  return platform.dialogs.getState()!;
}

it('offers a blank agent, the templates of the product, and those of the tenant', async () => {
  const { platform } = setUp([template('house-triage', false), template('classifier', true)]);
  const start = chooseStart(platform, blank);
  const dialog = await asked(platform);
  if (dialog.type !== 'pick') throw new Error('Expected a choice');
  const { items } = dialog.pick as QuickPick<Awaited<typeof start>>;
  expect(items.map(({ section, label, description }) => [section, label, description])).toEqual([
    [undefined, 'Blank agent', 'Answers in one sentence, without a key or a server'],
    ['Templates of the product', 'classifier', 'classifier, in short'],
    ['Templates of your own', 'house-triage', 'house-triage, in short'],
  ]);

  dialog.answer(items[1]!.value);
  expect(await start).toEqual({ name: 'classifier', content: { ...agent, description: 'classifier' } });
});

it('asks nothing where there are no templates', async () => {
  expect(await chooseStart(setUp([]).platform, blank)).toEqual({ name: '', content: agent });
});

it('keeps an agent as a template under a name of its own', async () => {
  const { platform, made } = setUp([template('triage', false)]);
  const saving = saveAsTemplate(platform, 'triage', {
    of: 'agent',
    description: agent.description,
    content: agent,
  });
  const dialog = await asked(platform);
  if (dialog.type !== 'input') throw new Error('Expected a question');
  expect(dialog.input.value).toBe('triage-2');
  expect(dialog.input.validate?.('triage')).toBe(
    'Expected a name of its own, but there is a template named triage already.',
  );

  dialog.answer('desk');
  expect(await saving).toEqual({ ok: true, value: 'desk' });
  expect(made).toEqual([{ name: 'desk', content: { of: 'agent', description: '', content: agent } }]);
});

it('says while one types why a name will not do', () => {
  expect(wrongName('Triage', 'an agent', [])).toBe(
    'Expected lower-case letters, digits and -, but it is "Triage".',
  );
  expect(wrongName(' triage ', 'an agent', ['triage'])).toContain('there is an agent named triage already');
  expect(wrongName('triage-2', 'an agent', ['triage'])).toBeUndefined();
  expect(freeName('triage', ['triage', 'triage-2'])).toBe('triage-3');
});
