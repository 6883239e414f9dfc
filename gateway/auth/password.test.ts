import { expect, it } from 'vitest';
import { hashPassword, passwordMatches } from './password.ts';

const salt = Buffer.alloc(16, 7);

it('knows the password it was made from, and no other', async () => {
  const stored = await hashPassword('Grüße', salt);
  expect(stored).toMatch(/^(07){16}:[0-9a-f]{64}$/);
  expect(await passwordMatches('Grüße', stored)).toBe(true);
  expect(await passwordMatches('Gru\u0308ße', stored)).toBe(true);
  expect(await passwordMatches('grüße', stored)).toBe(false);
});

it.each([undefined, '', 'nonsense', '00:'])('matches nothing against %s', async (stored) => {
  expect(await passwordMatches('', stored)).toBe(false);
});
