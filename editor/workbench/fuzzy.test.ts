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

it('finds words in any order, and none that is missing', () => {
  expect(bold('bar toggle', 'View: Toggle side bar')).toBe('view: TOGGLE side BAR');
  expect(fuzzyMatch('bar panel', 'View: Toggle side bar')).toBeUndefined();
});

it('of several places marks the one where a word starts', () => {
  expect(bold('run', 'Prune runs')).toBe('prune RUNs');
});

it('marks what was typed where lower case has another length', () => {
  expect(bold('plan', 'İstanbul plan')).toBe('i̇stanbul PLAN');
});
