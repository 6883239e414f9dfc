import { expect, it } from 'vitest';
import { fileOf, readToolFiles } from './importTools.ts';

const greet = { format: 'baton-tool', formatVersion: 1, name: 'greet', content: {} };

it('takes files of one tool, and of several', () => {
  const several = { name: 'all.json', text: JSON.stringify({ tools: [greet, greet] }) };
  expect(readToolFiles([fileOf(greet), several, { name: 'list.json', text: '[1]' }])).toEqual({
    ok: true,
    value: [greet, greet, greet, 1],
  });
});

it('names the file and the line that cannot be read', () => {
  expect(readToolFiles([fileOf(greet), { name: 'broken.json', text: '{\n "name": \n}' }])).toMatchObject({
    ok: false,
    failure: expect.stringMatching(/^broken\.json, line 3: Expected a value/),
  });
  expect(readToolFiles([{ name: 'empty.json', text: '[]' }]).ok).toBe(false);
});
