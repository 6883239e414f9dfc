import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inventory } from './inventory.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-models-'));
  await mkdir(join(folder, 'library', 'dist'), { recursive: true });
  await writeFile(join(folder, 'library', 'dist', 'index.js'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('lists the models of a folder and says what is missing', async () => {
  const models = join(folder, 'models');
  const places = { models, libraries: [join(folder, 'none'), join(folder, 'library')] };
  expect(await inventory({ ...places, libraries: [] })).toMatchObject({
    ok: false,
    failure: {
      code: 'LOCAL_RUNTIME_MISSING',
      message: expect.stringContaining('`npm run local-models` installs it'),
    },
  });
  expect(await inventory(places)).toMatchObject({
    ok: false,
    failure: { code: 'LOCAL_MODEL_MISSING', message: expect.stringContaining(models) },
  });

  await mkdir(join(models, 'qwen'), { recursive: true });
  for (const [name, text] of Object.entries({
    'small.gguf': 'GGUF1234',
    'qwen/7b.Q4.GGUF': 'GGUF',
    'parts-00001-of-00002.gguf': 'GGUF',
    'parts-00002-of-00002.gguf': 'GGUF',
    'a-web-page.gguf': '<html>',
    'readme.txt': 'GGUF',
  }))
    await writeFile(join(models, name), text);
  expect(await inventory(places)).toEqual({
    ok: true,
    value: [
      { name: 'parts-00001-of-00002', path: join(models, 'parts-00001-of-00002.gguf'), size: 4 },
      { name: 'qwen/7b.Q4', path: join(models, 'qwen/7b.Q4.GGUF'), size: 4 },
      { name: 'small', path: join(models, 'small.gguf'), size: 8 },
    ],
  });
});
