import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { Platform } from '../../platform/platform.ts';
import { findText, type Wanted } from './findText.ts';

const hit = {
  kind: 'note',
  id: 'n1',
  name: 'Desk',
  ending: '.md',
  draft: false,
  line: 3,
  column: 5,
  length: 6,
  preview: 'The refund',
  previewColumn: 4,
};

function looking(wanted: Partial<Wanted>) {
  const asked: unknown[] = [];
  const platform = {
    api: {
      call: async (_row: unknown, { query }: { query: unknown }) => {
        asked.push(query);
        return ok({ hits: [hit], documents: 1, complete: false });
      },
    },
    documents: {
      getState: () => [
        {
          versioned: { kind: 'note', icon: 'codicon:note', fileName: (name: string) => `${name}.md` },
          entries: [
            { id: 'n1', name: 'Desk' },
            { id: 'n2', name: 'Refund rules' },
            { id: 'n3', name: 'Else' },
          ],
        },
      ],
    },
  } as unknown as Platform;
  const all = { text: 'refund', matchCase: false, wholeWord: false, regex: false, kinds: new Set<string>() };
  return { asked, found: findText(platform, { ...all, ...wanted }, new AbortController().signal) };
}

it('lists places of texts and documents that are called so, as the explorer has them', async () => {
  const { asked, found } = looking({});
  const answer = await found;

  expect(asked).toEqual([{ text: 'refund', limit: '1000' }]);
  expect(answer.ok && answer.value.more).toBe(true);
  expect(answer.ok && answer.value.found.map(({ title, hits }) => [title, hits.length])).toEqual([
    ['Desk.md', 1],
    ['Refund rules.md', 0],
  ]);
});

it('asks for case, whole words, expressions and kinds; an expression is no part of a name', async () => {
  const { asked, found } = looking({
    matchCase: true,
    regex: true,
    wholeWord: true,
    kinds: new Set(['note']),
  });
  const answer = await found;

  expect(asked).toEqual([
    { text: 'refund', limit: '1000', kinds: 'note', case: 'true', word: 'true', regex: 'true' },
  ]);
  expect(answer.ok && answer.value.found.map(({ title }) => title)).toEqual(['Desk.md']);
});
