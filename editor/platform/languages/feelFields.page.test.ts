import { CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { suggestions } from './feelFields.ts';
import { completeFeel } from './feelLanguage.ts';

const scope = [
  {
    name: 'order',
    description: 'Of the start form.',
    type: 'context',
    members: [{ name: 'total', description: 'In euro.', type: 'number' }],
  },
];

function offered(text: string, explicit = false) {
  const context = new CompletionContext(EditorState.create({ doc: text }), text.length, explicit);
  return suggestions(() => scope)(context) as CompletionResult | null;
}

describe('FEEL in the fields of other editors', () => {
  it('is offered as in our own: the same names in the same order, with their types and what they are', () => {
    const ours = completeFeel('ord', 3, scope)!;
    const theirs = offered('ord')!;
    expect([theirs.from, theirs.to]).toEqual([ours.from, ours.to]);
    expect(theirs.options.map(({ label, type, detail }) => [label, type, detail])).toEqual(
      ours.items.map(({ label, kind, detail }) => [label, kind, detail]),
    );
    const { boost: ofVariable = 0, info } = theirs.options.find(({ label }) => label === 'order')!;
    const { boost: ofFunction = 0 } = theirs.options.find(({ label }) => label === 'sort')!;
    expect(ofVariable).toBeGreaterThan(ofFunction);
    expect((info as () => HTMLElement)().textContent).toBe('Of the start form.');
  });

  it('is offered once something is typed, behind a dot, or where it is asked for', () => {
    expect(offered('order + ')).toBeNull();
    expect(offered('order + ', true)?.options.length).toBeGreaterThan(50);
    expect(offered('order.')?.options.map(({ label }) => label)).toEqual(['total']);
    expect(offered('"ord', true)).toBeNull();
    expect(offered('order', true)?.options.map(({ label }) => label)).not.toContain('order');
  });
});
