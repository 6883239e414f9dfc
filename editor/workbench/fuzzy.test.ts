import { expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

const bold = (query: string, text: string) => {
  const match = fuzzyMatch(query, text);
  return (
    match &&
    [...text].map((char, at) => (match.at.includes(at) ? char.toUpperCase() : char.toLowerCase())).join('')
  );
};

it('marks a whole run where there is one', () => {
  expect(bold('deb', 'Debug: Start')).toBe('DEBug: start');
});

it('finds starts of words', () => {
  expect(bold('tsb', 'View: Toggle side bar')).toBe('view: Toggle Side Bar');
});

it('does not find what is not there in order', () => {
  expect(fuzzyMatch('bst', 'Toggle side bar')).toBeUndefined();
});

it('prefers the start of a word', () => {
  const score = (text: string) => fuzzyMatch('run', text)!.score;
  expect(score('Run: Show')).toBeGreaterThan(score('Prune'));
});
