import { describe, expect, it } from 'vitest';
import { previewPrompt, sampleValues, textOfPreview, variablesOfPreview } from './promptPreview.ts';

const prompts: Record<string, string> = { tone: 'Kindly, {{name}}.', loop: '{{> loop}}' };
const promptOf = (name: string) => prompts[name];

describe('a prompt as a model would read it', () => {
  it('has its includes and its values', () => {
    const parts = previewPrompt('Hi {{order.id}}: {{> tone}}', promptOf, { order: { id: 7 }, name: 'Ada' });
    expect(textOfPreview(parts)).toBe('Hi 7: Kindly, Ada.');
    expect(variablesOfPreview(parts)).toEqual(['order.id', 'name']);
  });

  it('says what is not there, and what never ends', () => {
    const parts = previewPrompt('{{a}}{{> gone}}{{> loop}}{{not one}}', promptOf, {});
    expect(parts.map(({ of }) => of)).toEqual(['empty', 'missing', 'endless', 'text']);
  });

  it('has samples for variables without values', () => {
    expect(sampleValues(['order.id', 'order.total', 'name'])).toEqual({
      order: { id: '‹id›', total: '‹total›' },
      name: '‹name›',
    });
  });
});
