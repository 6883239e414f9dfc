import { describe, expect, it } from 'vitest';
import { count, dollars, type Quantity, spanWords, time } from './quantities.ts';

describe.each<[string, Quantity, [string, number, string][]]>([
  [
    'a count',
    count,
    [
      ['20000', 20_000, '20,000'],
      ['20,000', 20_000, '20,000'],
      ['20k', 20_000, '20,000'],
      ['1.5 M', 1_500_000, '1,500,000'],
      ['8', 8, '8'],
    ],
  ],
  [
    'money',
    dollars,
    [
      ['$0.25', 0.25, '$0.25'],
      ['2', 2, '$2.00'],
      ['0.125 USD', 0.125, '$0.125'],
    ],
  ],
  [
    'a time',
    time,
    [
      ['2 min', 120_000, '2 min'],
      ['PT2M', 120_000, '2 min'],
      ['90', 90_000, '1 min 30 s'],
      ['1h30m', 5_400_000, '1 h 30 min'],
      ['1.5 s', 1_500, '1.5 s'],
      ['250ms', 250, '250 ms'],
      ['1 day', 86_400_000, '1 d'],
    ],
  ],
])('%s', (_, quantity, cases) => {
  it.each(cases)('%s is %d and shown as %s', (typed, value, shown) => {
    expect(quantity.read(typed)).toBe(value);
    expect(quantity.show(value)).toBe(shown);
    expect(quantity.read(shown)).toBe(value);
  });

  it.each(['soon', '5 apples', '1,5', '-'])('hands %s on as it was typed', (typed) => {
    expect(quantity.read(` ${typed} `)).toBe(typed);
  });

  it('takes an empty text for nothing', () => {
    expect(quantity.read('  ')).toBeUndefined();
  });
});

it('says how long a conversation is kept', () => {
  expect(['P30D', 'P1W', 'PT1M', 'P1M', 'P1DT2H'].map(spanWords)).toEqual([
    '30 days',
    '1 week',
    '1 minute',
    '1 month',
    'P1DT2H',
  ]);
});
