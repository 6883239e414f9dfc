import { expect, it } from 'vitest';
import { readYaml, withYamlValue, yamlOf } from './yamlText.ts';

const text = `description: Sorts messages # for the desk
model: mock-1
systemPrompt: |-
  # Rules
  Be kind.
limits:
  maxTokens: 20000
tools:
  - order-lookup
`;

const reading = (source: string) => {
  const answer = readYaml(source);
  if (!answer.ok) throw new Error(answer.failure.message);
  return answer.value;
};
const said = (source: string) => {
  const answer = readYaml(source);
  return answer.ok ? undefined : `${answer.failure.line}:${answer.failure.column} ${answer.failure.message}`;
};

it('knows the lines of every field', () => {
  const { places, value } = reading(text);
  expect(value).toMatchObject({ systemPrompt: '# Rules\nBe kind.', limits: { maxTokens: 20_000 } });
  expect(Object.fromEntries(places)).toMatchObject({
    '/systemPrompt': { line: 3, column: 1, endLine: 5 },
    '/limits/maxTokens': { line: 7, column: 3, endLine: 7 },
    '/tools/0': { line: 9, column: 5, endLine: 9 },
  });
});

it('finds a comment, and takes # inside a prompt for a letter', () => {
  expect(reading(text).comment).toMatchObject({ line: 1, column: 29 });
  expect(reading(text.replace(' # for the desk', '')).comment).toBeUndefined();
});

it('writes one field and leaves the rest as it was written', () => {
  expect(withYamlValue(text, ['limits', 'maxTokens'], 500)).toBe(text.replace('20000', '500'));
  expect(withYamlValue(text, ['limits', 'timeout'], 900)).toBe(
    text.replace('20000', '20000\n  timeout: 900'),
  );
  expect(withYamlValue(text, ['model'], undefined)).toBe(text.replace('model: mock-1\n', ''));
});

it('keeps what a field says, whatever it says', () => {
  for (const prompt of [
    'a\nb',
    'a\n',
    ' indented\n  more',
    '{{name}}: yes',
    '# no comment',
    'null',
    '42',
    'x'.repeat(300),
  ])
    expect(reading(withYamlValue(text, ['systemPrompt'], prompt)).value).toMatchObject({
      systemPrompt: prompt,
    });
});

it('shows a prompt of several lines as it reads', () => {
  expect(yamlOf({ systemPrompt: `Be kind.\n${'Be brief. '.repeat(20)}end` })).toBe(
    `systemPrompt: |-\n  Be kind.\n  ${'Be brief. '.repeat(20)}end\n`,
  );
});

it('writes a field where the text has none, or something else', () => {
  expect(withYamlValue('', ['limits', 'timeout'], 900)).toBe('limits:\n  timeout: 900\n');
  expect(withYamlValue('limits: 3\n', ['limits', 'timeout'], 900)).toBe('limits:\n  timeout: 900\n');
});

it.each([
  ['model: a\nmodel: b\n', '2:1 Expected each name once, but this one is there twice.'],
  ['limits:\n\tmaxTokens: 1\n', '2:1 Expected spaces before a name, but found a tab.'],
  ['model: "a\n', '2:1 Expected a closing quote, bracket or colon, but it is missing.'],
  ['model: &a x\nprovider: *a\n', '1:1 Expected every value written out, but there is an alias.'],
])('says on which line it cannot be read: %j', (source, message) => {
  expect(said(source)).toBe(message);
});
