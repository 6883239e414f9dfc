import type { QuotaUseView } from '@baton/gateway/api';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { forecast } from './forecast.ts';
import { quotaWords } from './quotaWords.ts';

const now = Date.UTC(2026, 10, 16);
const tokens: QuotaUseView = {
  name: 'tokensPerMonth',
  limit: 1_000,
  own: null,
  used: 100,
  reserved: 0,
  resetsAt: '2026-12-01T00:00:00Z',
};
const said = (change: Partial<QuotaUseView>, at = now) => forecast({ ...tokens, ...change }, at, []);

it('says what a month comes to when half of it is over', () => {
  expect(said({})).toEqual({ share: 0.1, tone: 'running', words: 'Ends at 200' });
  expect(said({ used: 750 })).toMatchObject({ tone: 'waiting', words: 'Full on 21 Nov at this rate' });
  expect(said({ used: 1_000 })).toMatchObject({ tone: 'incident', words: 'Full, refills on 1 Dec' });
});

it('says nothing of a rate at the beginning, or of what nobody uses', () => {
  expect(said({}, Date.UTC(2026, 10, 1, 1)).words).toBe('Too early to say');
  expect(said({ used: 0 }).words).toBe('');
});

it('counts what is reserved, and knows no share without a limit', () => {
  expect(said({ reserved: 850 })).toMatchObject({ share: 0.95, tone: 'waiting' });
  expect(said({ limit: null })).toEqual({ share: undefined, tone: 'running', words: 'Ends at 200' });
  expect(said({ limit: 0, used: 0 })).toMatchObject({ share: 1, tone: 'incident' });
});

const today = { ...tokens, name: 'tokensPerDay' as const, resetsAt: '2026-11-17T00:00:00Z' };
const endOf = ({ words }: { words: string }) =>
  Number(words.match(/^Ends at ([\d,]+)$/)?.[1]?.replaceAll(',', '') ?? Number.NaN);

it('says of a month no less than of its day, and no less than is used', () => {
  const days = fc.record({
    before: fc.integer({ min: 0, max: 5_000 }),
    used: fc.integer({ min: 1, max: 5_000 }),
    hour: fc.double({ min: 1, max: 24, noNaN: true }),
    most: fc.option(fc.integer({ min: 5_000, max: 9_000 })),
  });
  fc.assert(
    fc.property(days, ({ before, used, hour, most }) => {
      const at = now + hour * 3_600_000;
      const day: QuotaUseView = { ...today, used, limit: most };
      const month: QuotaUseView = { ...tokens, used: before + used, limit: null };
      const dayEnds = endOf(forecast({ ...day, limit: null }, at, [day, month]));
      const monthEnds = endOf(forecast(month, at, [day, month]));
      expect(monthEnds).toBeGreaterThanOrEqual(Math.min(dayEnds, most ?? dayEnds));
      expect(monthEnds).toBeGreaterThanOrEqual(before + used);
    }),
  );
});

it('says that a month is full on the day on which the rate of that day fills it', () => {
  const at = now + 6 * 3_600_000;
  const month = { ...tokens, used: 400 };
  const full = (day: Partial<QuotaUseView>) =>
    forecast(month, at, [month, { ...today, limit: null, ...day }]).words;
  expect(full({ used: 400 })).toBe('Full on 16 Nov at this rate');
  expect(full({ used: 400, limit: 900 })).toBe('Ends at 900');
  expect(full({ used: 10 })).toBe('Ends at 787');
});

it('says of a period that is just over what it has come to', () => {
  expect(said({}, Date.UTC(2026, 11, 1, 1)).words).toBe('Ends at 100');
});

it('says how many are left of what does not come back by itself', () => {
  const { resetsAt: _, ...agents } = { ...tokens, name: 'agents' as const, limit: 10 };
  expect(forecast({ ...agents, used: 7 }, now, []).words).toBe('');
  expect(forecast({ ...agents, used: 9 }, now, [])).toMatchObject({ tone: 'waiting', words: '1 left' });
});

it('reads and writes money and sizes as people do', () => {
  const { moneyPerDay, storageBytes } = quotaWords;
  expect(moneyPerDay.show(1_284_700_000)).toBe('$1,284.70');
  expect(moneyPerDay.quantity.read('$2.50')).toBe(2_500_000);
  expect(storageBytes.show(18_200_000_000)).toBe('18.2 GB');
  expect(storageBytes.quantity.read('1.5 GB')).toBe(1_500_000_000);
  expect(storageBytes.quantity.read('much')).toBe('much');
});
