import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard, type PolicyCheck } from './index.ts';

const planted = 'planted "key" of a provider';
const everywhere = ['input', 'output', 'toolArguments', 'toolResult'] as const;
const masks: PolicyCheck = { check: 'secrets', places: everywhere, action: 'mask' };
const blocks: PolicyCheck = { check: 'secrets', places: everywhere, action: 'block' };
const short: PolicyCheck = { check: 'length', places: ['output'], maxCharacters: 20, action: 'block' };
const guard = (...checks: PolicyCheck[]) => createGuard({ name: 'house-rules', checks }, [planted]);

const privateKey = '-----BEGIN RSA PRIVATE KEY-----\nMIIE vgIB ADAN\n-----END RSA PRIVATE KEY-----';
const keys = {
  OpenAI: `sk-proj-${'aB3'.repeat(9)}`,
  Anthropic: `sk-ant-api03-${'x'.repeat(30)}`,
  AWS: 'AKIAIOSFODNN7EXAMPLE',
  Google: `AIza${'b'.repeat(35)}`,
  GitHub: `ghp_${'c'.repeat(36)}`,
  Slack: 'xoxb-1234567890-abcdef',
  Stripe: `sk_live_${'d'.repeat(24)}`,
  'a JSON Web Token': `eyJ${'e'.repeat(12)}.eyJ${'f'.repeat(12)}.${'g'.repeat(20)}`,
  'a private key': privateKey,
  'a provider': planted,
};

describe('secrets', () => {
  it.each(Object.entries(keys))('of %s are masked, wherever they stand', (of, key) => {
    const { text, verdicts } = guard(masks).check('output', `It is ${key}, keep it.`);
    expect(text).toBe('It is •••, keep it.');
    expect(verdicts).toEqual([
      {
        policy: 'house-rules',
        check: 'secrets',
        place: 'output',
        action: 'mask',
        message: `Expected no secrets, but there is one of ${of}`,
      },
    ]);
  });

  it('are found inside JSON, which stays JSON', () => {
    const given = JSON.stringify({ key: keys.OpenAI, pem: privateKey, planted, order: 'HP-1' });
    expect(JSON.parse(guard(masks).check('toolArguments', given).text!)).toEqual({
      key: '•••',
      pem: '•••',
      planted: '•••',
      order: 'HP-1',
    });
  });

  it('are blocked where the policy says so, without being repeated', () => {
    const { text, verdicts } = guard(blocks).check('input', `Use ${keys.AWS}`);
    expect(text).toBeUndefined();
    expect(verdicts).toMatchObject([{ action: 'block' }]);
    expect(JSON.stringify(verdicts)).not.toContain(keys.AWS);
  });

  it('are not what only looks like one', () => {
    const said = 'The task-list sk-1 of risk-assessment, order AKIA-12, and eyJhbGci alone.';
    expect(guard(masks).check('output', said)).toMatchObject({ text: said, verdicts: [{ action: 'allow' }] });
  });
});

it('length is a bound at the places of the policy only', () => {
  const long = 'x'.repeat(21);
  expect(guard(short).check('output', long)).toMatchObject({
    text: undefined,
    verdicts: [{ check: 'length', message: 'Expected at most 20 characters, but there are 21' }],
  });
  expect(guard(short).check('input', long)).toEqual({ text: long, verdicts: [] });
});

it('without a policy everything goes on', () => {
  expect(createGuard(undefined, [planted]).check('output', planted)).toEqual({ text: planted, verdicts: [] });
  expect(createGuard(undefined, [planted]).check('input', 'Hello')).toEqual({ text: 'Hello', verdicts: [] });
});

it.each(['input', 'toolResult'] as const)(
  'no secret gets into a prompt by %s, whatever the policy',
  (place) => {
    for (const guarded of [createGuard(undefined, [planted]), guard(short)]) {
      const { text, verdicts } = guarded.check(place, `It is ${planted} and ${keys.OpenAI}`);
      expect(text).toBe('It is ••• and •••');
      expect(verdicts).toMatchObject([{ check: 'secrets', place, action: 'mask' }]);
    }
  },
);

describe('a text that is still coming', () => {
  const tellAll = (pieces: readonly string[], ...checks: PolicyCheck[]) => {
    const told: string[] = [];
    const stream = guard(...checks).stream('output', (text) => told.push(text));
    for (const piece of pieces) stream.hear(piece);
    return { told, end: () => stream.end() };
  };

  it('is told at once without a check', () => {
    expect(tellAll(['He', 'llo']).told).toEqual(['He', 'llo']);
  });

  it('is told word by word while secrets are looked for, and whole in the end', () => {
    const { told, end } = tellAll(['Hel', 'lo the', 're you'], masks);
    expect(told).toEqual(['Hello ', 'there ']);
    end();
    expect(told.join('')).toBe('Hello there you');
  });

  it('is never told beyond its bound', () => {
    expect(tellAll(['0123456789', '0123456789', '0123456789'], short).told.join('')).toHaveLength(20);
  });

  const formatted = Object.entries(keys)
    .filter(([of]) => of !== 'a provider')
    .map(([, key]) => key);

  it('has no secret in what is told, however it is cut, and ends as the whole would', () => {
    const word = fc.constantFrom(
      'order ',
      'is\n',
      'sk-',
      '-----',
      '-----BEGIN ',
      ...formatted.map((key) => `${key} `),
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 12 }),
        fc.array(fc.nat(40), { maxLength: 60 }),
        (words, cuts) => {
          const text = words.join('');
          const pieces: string[] = [];
          let at = 0;
          for (const cut of cuts) {
            pieces.push(text.slice(at, at + cut));
            at += cut;
          }
          pieces.push(text.slice(at));
          const { told, end } = tellAll(pieces, masks);
          for (const key of formatted) expect(told.join('')).not.toContain(key);
          end();
          expect(told.join('')).toBe(guard(masks).check('output', text).text);
        },
      ),
    );
  });
});
