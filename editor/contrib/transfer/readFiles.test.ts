import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { type ChosenFile, readFiles } from './readFiles.ts';

const chosen = (path: string, bytes: Uint8Array): ChosenFile => ({
  path,
  size: bytes.length,
  bytes: async () => new Uint8Array(bytes),
});
const zip = (files: { [path: string]: string }) =>
  zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));

it('takes files and what is in archives, without what systems leave behind', async () => {
  const archive = zip({ 'a/Order.bpmn': '<definitions/>', 'a/.DS_Store': '\0', '__MACOSX/a/x.md': 'x' });
  expect(await readFiles([chosen('notes/a.md', strToU8('# A')), chosen('b.zip', archive)])).toEqual({
    ok: true,
    value: [
      { path: 'notes/a.md', text: '# A' },
      { path: 'a/Order.bpmn', text: '<definitions/>' },
    ],
  });
});

it.each([
  [
    'archives that unpack to much more than they are',
    'b.zip',
    zip({ 'a.md': 'a'.repeat(11_000_000) }),
    '10 MB',
  ],
  [
    'archives of very many files',
    'b.zip',
    zip(Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.md`, '']))),
    'at most 10000 files',
  ],
  ['archives that are none', 'b.zip', strToU8('no archive'), 'zip archive'],
  ['what is no text', 'a.md', new Uint8Array([0xff, 0xfe, 0x00]), 'to be a text'],
  ['more than is taken at once', 'a.md', new Uint8Array(10_000_001), '10 MB'],
  ['archives with nothing in them', 'b.zip', zip({}), 'none in it'],
])('refuses %s in words', async (_, path, bytes, words) => {
  const read = await readFiles([chosen(path, bytes)]);
  expect(read).toMatchObject({ ok: false, failure: expect.stringContaining(words) });
});
