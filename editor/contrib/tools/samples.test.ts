import { expect, it } from 'vitest';
import { expectationOf, freeSampleName, samplesOf, withoutSample, withSample } from './samples.ts';
import { textOf } from './toolDraft.ts';

const calm = { name: 'calm', input: { n: 1 } };
const angry = { name: 'angry', input: { n: 2 }, expects: { error: 'TOOL_FAILED' } };

it('adds, replaces and drops a sample in the text of all', () => {
  const both = withSample(withSample('[]', calm), angry);
  expect(samplesOf(both)).toEqual([calm, angry]);
  expect(samplesOf(withSample(both, { ...calm, input: 3 }))).toEqual([{ ...calm, input: 3 }, angry]);
  expect(samplesOf(withoutSample(both, 'calm'))).toEqual([angry]);
});

it('leaves a text that is no list as it was typed', () => {
  expect(withSample('[ {', calm)).toBe('[ {');
  expect(withoutSample('{}', 'calm')).toBe('{}');
  expect(samplesOf('{}')).toBeUndefined();
});

it('passes over what is no sample, and keeps it', () => {
  const text = textOf([7, { name: 'no input' }, calm]);
  expect(samplesOf(text)).toEqual([calm]);
  expect(JSON.parse(withoutSample(text, 'calm'))).toEqual([7, { name: 'no input' }]);
});

it('finds a free name and says what is expected', () => {
  expect(freeSampleName([calm], 'calm')).toBe('calm 2');
  expect(freeSampleName([], 'calm')).toBe('calm');
  expect([calm, angry, { ...calm, expects: { output: [1] } }].map(expectationOf)).toEqual([
    'answers something',
    'fails with TOOL_FAILED',
    'answers [1]',
  ]);
});
