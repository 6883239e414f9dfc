import { expect, it } from 'vitest';
import { wrongResourceName } from '../../platform/versionedKinds.ts';
import { copyName } from './duplicate.ts';

it('calls a copy as its kind may be called, and never as another one is', () => {
  const taken = new Set(['triage-copy', 'Refund copy', 'Refund copy 2']);
  const free = { wrongName: () => undefined };
  const strict = { wrongName: wrongResourceName };

  expect(copyName(strict, 'order-lookup', (name) => taken.has(name))).toBe('order-lookup-copy');
  expect(copyName(strict, 'triage-copy', (name) => taken.has(name))).toBe('triage-copy-2');
  expect(copyName(free, 'Refund', (name) => taken.has(name))).toBe('Refund copy 3');
});
