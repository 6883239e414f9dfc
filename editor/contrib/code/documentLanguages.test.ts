import { expect, it } from 'vitest';
import type { DocumentNames, KnownDocument } from '../../platform/languages/documentNames.ts';
import { createLanguages } from '../../platform/languages/languages.ts';
import { registerDocumentLanguages } from './documentLanguages.ts';

const known = (kind: string, name: string, content: unknown): KnownDocument => ({
  kind,
  id: `${name}-id`,
  name,
  description: '',
  content,
});
const task = (name: string, ...variables: string[]) =>
  known('task', name, {
    requestSchema: {
      type: 'object',
      properties: Object.fromEntries(variables.map((variable) => [variable, { type: 'string' }])),
    },
  });
const agent = (name: string, systemPrompt: string, response?: string) =>
  known('agent', name, { systemPrompt, userPrompt: '', ...(response && { response }) });

/** What is found in a text while a tenant has these documents. */
async function foundIn(path: string, text: string, ...documents: KnownDocument[]) {
  const all = async (kind: string) => documents.filter((document) => document.kind === kind);
  const names: DocumentNames = {
    all,
    find: async (kind, name) => (await all(kind)).find((document) => document.name === name),
    now: () => undefined,
    dispose: () => {},
  };
  const languages = createLanguages();
  registerDocumentLanguages(languages, names);
  const found = (await languages.of(path)?.findings?.({ path, text })) ?? [];
  return found.map(({ from, to, severity, code, message }) => ({
    at: text.slice(from, to),
    severity,
    code,
    message,
  }));
}

it('an agent is told of a variable that its task does not give, and of a prompt that is not there', async () => {
  const text = 'systemPrompt: "Greet {{customer}} about {{oder}}. {{> tone}}"\nresponse: classify\n';
  expect(await foundIn('/1.agent.yaml', text, task('classify', 'customer', 'order'))).toEqual([
    {
      at: 'oder',
      severity: 'warning',
      code: 'prompt(variable)',
      message: 'Expected a variable that the task classify gives (customer, order, prompt), but it is oder.',
    },
    {
      at: 'tone',
      severity: 'warning',
      code: 'prompt(include)',
      message: 'Expected a prompt of the tenant, but there is no tone.',
    },
  ]);
});

it('a prompt is told of a variable that an agent which includes it is not given', async () => {
  const text = 'text: "Greet {{customer}} about {{order}}"\n';
  const prompt = known('prompt', 'tone', { text: '' });
  const found = await foundIn(
    '/tone-id.prompt.yaml',
    text,
    prompt,
    agent('triage', '{{> tone}}', 'classify'),
    agent('refund', 'Kindly. {{> tone}}', 'repay'),
    task('classify', 'customer', 'order'),
    task('repay', 'customer'),
  );
  expect(found.map(({ at, message }) => [at, message])).toEqual([
    [
      'order',
      'Expected a variable that every one of the tasks classify, repay gives (customer, prompt), but it is order.',
    ],
  ]);
});

it('a prompt is told nothing of its variables where an agent takes whatever a job brings', async () => {
  const text = 'text: "Greet {{customer}}"\n';
  const prompt = known('prompt', 'tone', { text: '' });
  expect(await foundIn('/tone-id.prompt.yaml', text, prompt)).toEqual([]);
  expect(
    await foundIn('/tone-id.prompt.yaml', text, prompt, agent('triage', '{{> tone}}'), task('classify', 'a')),
  ).toEqual([]);
});
