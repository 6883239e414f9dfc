import { describe, expect, it } from 'vitest';
import { yamlPlaceAt } from './yamlPlace.ts';

/** `|` is the caret. */
function at(text: string) {
  const caret = text.indexOf('‸');
  const { path, at: where, taken, from, to } = yamlPlaceAt(text.replace('‸', ''), caret);
  return { path: path.join('/'), at: where, taken, over: text.replace('‸', '').slice(from, to) };
}

describe('the place of a caret in YAML', () => {
  it('is a name of the outermost map', () => {
    expect(at('model: mock-1\n‸')).toEqual({ path: '', at: 'name', taken: ['model'], over: '' });
    expect(at('model: mock-1\nsys‸\ntools: []')).toEqual({
      path: '',
      at: 'name',
      taken: ['model', 'tools'],
      over: 'sys',
    });
  });

  it('is a name of a map inside', () => {
    expect(at('limits:\n  maxTokens: 5\n  ‸\nmodel: a')).toEqual({
      path: 'limits',
      at: 'name',
      taken: ['maxTokens'],
      over: '',
    });
  });

  it('is a value', () => {
    expect(at('provider: mo‸ck')).toEqual({ path: 'provider', at: 'value', taken: [], over: 'mock' });
    expect(at('memory:\n  kind: ‸')).toEqual({ path: 'memory/kind', at: 'value', taken: [], over: '' });
  });

  it('is an item of a list, of lines or in brackets', () => {
    expect(at('tools:\n  - search\n  - ‸')).toMatchObject({ path: 'tools/1', over: '' });
    expect(at('tools:\n- search\n- loo‸')).toMatchObject({ path: 'tools/1', over: 'loo' });
    expect(at('tools: [ a, ‸ ]')).toMatchObject({ path: 'tools/1', at: 'value' });
    expect(at('checks:\n  - check: secrets\n    places: [ input, ou‸ ]')).toMatchObject({
      path: 'checks/0/places/1',
      at: 'value',
      over: 'ou',
    });
  });

  it('is a name or a value in an item', () => {
    const checks = 'kind: guardrail\nchecks:\n  - check: secrets\n    places:\n      - input\n';
    expect(at(`${checks}      - ‸`)).toMatchObject({ path: 'checks/0/places/1' });
    expect(at(`${checks}    ‸`)).toMatchObject({ path: 'checks/0', at: 'name', taken: ['places', 'check'] });
    expect(at(`${checks}  - check: ‸`)).toMatchObject({ path: 'checks/1/check', at: 'value' });
    expect(at('fallbacks:\n  - provider: a\n    model: b\n  - provider: ‸')).toMatchObject({
      path: 'fallbacks/1/provider',
    });
    expect(at('fallbacks:\n  - provider: a\n    ‸')).toMatchObject({ path: 'fallbacks/0', at: 'name' });
  });

  it('is text behind a |', () => {
    expect(at('systemPrompt: |\n  Answer\n  {{‸\nmodel: a')).toMatchObject({
      path: 'systemPrompt',
      at: 'text',
    });
    expect(at('systemPrompt: |-\n  Answer\n\n  kindly: ‸')).toMatchObject({
      path: 'systemPrompt',
      at: 'text',
    });
    expect(at('systemPrompt: |\n  Answer\n‸')).toMatchObject({ path: '', at: 'name' });
  });
});
