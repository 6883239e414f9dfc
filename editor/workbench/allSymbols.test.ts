import { ok } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import type { OpenOptions, Resource } from '../platform/documents.ts';
import type { Platform } from '../platform/platform.ts';
import { allSymbolItems } from './allSymbols.ts';

const symbol = (kind: string, id: string, name: string, rest: object) => ({
  document: { kind, id, name: id },
  name,
  type: 'Field',
  element: '',
  ending: '.md',
  line: 3,
  ...rest,
});

it('finds symbols of open documents as they are now, of all others at the server, and opens them at their place', async () => {
  const asked: unknown[] = [];
  const opened: [Resource, unknown][] = [];
  const note = { kind: 'note', id: 'n1' };
  const outline = () => [{ id: '1', name: 'Now', type: 'Heading', place: { line: 7 } }];
  const platform = {
    api: {
      async call(_: unknown, { query }: { query: { text: string } }) {
        asked.push(query.text);
        const symbols = [
          symbol('note', 'n1', 'Before', {}),
          symbol('workflow', 'order', 'Boss', { element: 'ask', ending: '.bpmn', type: 'User task' }),
          symbol('tool', 'rates', 'network', { ending: '.tool.json' }),
        ];
        return ok({ symbols, complete: true });
      },
    },
    versionedKinds: { get: () => undefined },
    editors: {
      getState: () => ({
        documents: new Map([
          [
            'note:n1',
            {
              state: 'open',
              model: { resource: note, outline, state: { getState: () => ({ title: 'n1.md' }) } },
            },
          ],
        ]),
      }),
      open: (resource: Resource, options: OpenOptions) => opened.push([resource, options]),
    },
  } as unknown as Platform;

  const items = await allSymbolItems(platform, 'task b');

  expect(asked).toEqual(['task b']);
  expect(items.map(({ label, description }) => [label, description])).toEqual([
    ['Now', 'Heading · n1.md'],
    ['Boss', 'User task · order'],
    ['network', 'Field · rates'],
  ]);
  for (const item of items) item.run({ side: true });
  expect(opened).toEqual([
    [note, { place: { line: 7 }, group: 'side' }],
    [
      { kind: 'workflow', id: 'order', name: 'order' },
      { place: { elementId: 'ask', line: 3 }, group: 'side' },
    ],
    [
      { kind: 'tool', id: 'rates', name: 'rates' },
      { place: { path: ['network'], line: 3 }, group: 'side' },
    ],
  ]);
});
