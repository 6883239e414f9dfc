import { beforeEach, expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import { settled } from '../../test/manualTimers.ts';
import { platformOn } from '../../test/versionedServer.ts';
import { agentKind } from './agentKind.ts';
import { createNewAgent, nameProblem, problemsOfSteps } from './newAgent.ts';

const resource = { kind: 'newAgent', id: 'new' };
let asked: { method: string; path: string; body: unknown }[];
let platform: Platform;
beforeEach(() => {
  asked = [];
  ({ platform } = platformOn(
    async (url, options) => {
      const path = String(url).replace(/^.*\/api/, '');
      asked.push({
        method: options?.method ?? 'GET',
        path,
        body: options?.body && JSON.parse(String(options.body)),
      });
      if (options?.method === 'POST')
        return Response.json({ id: 'a9', name: 'mood-reader-2' }, { status: 201 });
      const items = path.startsWith('/agents?') ? [{ name: 'mood-reader' }] : [];
      return Response.json({ items, total: items.length, limit: 200, offset: 0, has_more: false });
    },
    undefined,
    agentKind,
  ));
});

async function opened() {
  const wizard = createNewAgent(platform, resource);
  await settled();
  return wizard;
}

it('gives a template a free name, makes the agent and goes on to try it', async () => {
  const wizard = await opened();
  const example = wizard.view.getState().starts!.find(({ id }) => id === 'example')!;
  wizard.choose(example);
  expect([wizard.view.getState().name, nameProblem(wizard.view.getState())]).toEqual([
    'mood-reader-2',
    undefined,
  ]);

  await wizard.make();
  const { step, made } = wizard.view.getState();
  expect([step, made]).toEqual(['try', { id: 'a9', name: 'mood-reader-2' }]);
  expect(asked.find(({ method }) => method === 'POST')).toEqual({
    method: 'POST',
    path: '/agents',
    body: { name: 'mood-reader-2', content: example.content },
  });
});

it('says what is wrong at the step where it is mended', async () => {
  const wizard = await opened();
  wizard.change({ model: '', systemPrompt: '' });
  expect([...problemsOfSteps(wizard.view.getState()).keys()].sort()).toEqual(['model', 'prompt']);
  wizard.rename('mood-reader');
  expect(nameProblem(wizard.view.getState())).toMatch(/there is an agent named mood-reader already/);
});

it('keeps what is typed over a reload, until the agent is made', async () => {
  const first = await opened();
  first.rename('letter-writer');
  first.change({ systemPrompt: 'Write letters.' });
  first.go('prompt');
  first.dispose();
  const again = await opened();
  const { name, step, content } = again.view.getState();
  expect([name, step, content.systemPrompt]).toEqual(['letter-writer', 'prompt', 'Write letters.']);
  await again.make();
  expect((await opened()).view.getState().step).toBe('template');
});
