import { expect, it } from 'vitest';
import { readJson } from './jsonText.ts';
import { outlineOfFields, outlineOfSource } from './outlines.ts';

it('lists the fields of a text as they stand, a schema’s properties by their own names', () => {
  const reading = readJson(
    '{\n "description": "Sorts",\n "responseSchema": { "type": "object", "properties": {\n  "topic": { "type": "string" } } } }',
  );
  const outline = reading.ok ? outlineOfFields(reading.value) : [];
  expect(
    outline.map(({ name, type, detail, depth, place }) => [name, type, detail, depth, place.line]),
  ).toEqual([
    ['description', 'Field', 'Sorts', 0, 2],
    ['responseSchema', 'Group', 'object', 0, 3],
    ['type', 'Field', 'object', 1, 3],
    ['topic', 'Group', 'string', 1, 4],
    ['type', 'Field', 'string', 2, 4],
  ]);
});

it('lists what a source declares', () => {
  const source = [
    'type Order = { id: string };',
    'const rates = [1];',
    'const twice = (n: number) => n * 2;',
    'export async function find(id: string) {',
    '  const inside = 1;',
    '}',
    'export default find;',
  ].join('\n');
  expect(outlineOfSource(source).map(({ name, type, place }) => [name, type, place.line])).toEqual([
    ['Order', 'Type', 1],
    ['rates', 'Constant', 2],
    ['twice', 'Function', 3],
    ['find', 'Function', 4],
    ['default', 'Export', 7],
  ]);
});
