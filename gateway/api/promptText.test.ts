import { expect, it } from 'vitest';
import { readPrompt } from './promptText.ts';

it('finds what is to be filled in: variables, their fields, and other prompts', () => {
  expect(
    readPrompt(
      '{{> house-style}} {{>tone@production}}\n{{customer}}: {{ order.id }} {{customer}} {"a":{"b":1}}',
    ),
  ).toEqual({
    includes: [
      { name: 'house-style', label: undefined },
      { name: 'tone', label: 'production' },
    ],
    variables: ['customer', 'order.id'],
    problems: [],
  });
});

it.each([
  [
    'first\n{{order.id is late',
    'PROMPT_UNCLOSED',
    'Expected }} after {{, but it is missing at {{order.id is late (line 2)',
  ],
  ['{{a {{b}}', 'PROMPT_UNCLOSED', 'Expected }} after {{, but it is missing at {{a {{b}} (line 1)'],
  [
    '{{ the name }}',
    'PROMPT_SYNTAX',
    'Expected {{variable}}, {{variable.field}} or {{> prompt}}, but found {{ the name }}; the model would read it as it stands (line 1)',
  ],
  [
    '{{#if a}}',
    'PROMPT_SYNTAX',
    'Expected {{variable}}, {{variable.field}} or {{> prompt}}, but found {{#if a}}; the model would read it as it stands (line 1)',
  ],
])('says of %j what is wrong and where', (text, code, message) => {
  expect(readPrompt(text).problems).toEqual([{ code, message }]);
});

it('reads what is made to be slow in one go', () => {
  for (const piece of ['{{', '{{ ', '{{a}', '}}', '{{>', '{{> a@', '{ {', '\n{{a'])
    expect(readPrompt(piece.repeat(200_000 / piece.length)).problems.length).toBeLessThanOrEqual(20);
});
