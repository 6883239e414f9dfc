import { describe, expect, it } from 'vitest';
import { feelFunctions } from './feelFunctions.ts';
import { checkFeel, completeFeel, explainFeel } from './feelLanguage.ts';

const scope = [
  {
    name: 'order',
    description: 'Of the start form.',
    type: 'context',
    members: [{ name: 'total', description: 'In euro.', type: 'number' }],
  },
];
const labels = (text: string) =>
  completeFeel(text, text.length, scope)?.items.map(({ label }) => label) ?? [];

describe('FEEL while one types', () => {
  it('offers variables first, then functions and words', () => {
    expect(labels('ord')[0]).toBe('order');
    expect(labels('')).toContain('string length');
    expect(labels('')).toContain('if');
  });

  it('offers what a variable has in it behind a dot', () => {
    expect(labels('order.')).toEqual(['total']);
    expect(completeFeel('order.to', 8, scope)).toMatchObject({ from: 6, to: 8 });
  });

  it('takes the words of a function typed so far as one', () => {
    expect(completeFeel('1 + string le', 13, scope)).toMatchObject({ from: 4, to: 13 });
    expect(completeFeel('a and ord', 9, scope)).toMatchObject({ from: 6 });
  });

  it('offers nothing in a text', () => {
    expect(completeFeel('"ord', 4, scope)).toBeUndefined();
  });

  it('says what stands there', () => {
    expect(explainFeel('string length("a")', 8, scope)?.text).toContain('**string length**(string): number');
    expect(explainFeel('x = order.total', 11, scope)?.text).toContain('In euro.');
    expect(explainFeel('if order then 1 else 2', 1, scope)?.text).toContain('**if**');
  });

  it('finds what the engine would not read, where it stands', async () => {
    const [finding] = await checkFeel('order.total >');
    expect(finding).toMatchObject({ severity: 'error' });
    expect(finding!.message).toMatch(/^Expected/);
    expect(await checkFeel('order.total > 5')).toEqual([]);
  });

  it('has examples that the engine reads', async () => {
    const wrong: string[] = [];
    for (const { name, example } of feelFunctions)
      if (name === '' || (await checkFeel(example)).length > 0) wrong.push(`${name}: ${example}`);
    expect(wrong).toEqual([]);
  });
});
