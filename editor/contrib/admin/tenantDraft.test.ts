import { expect, it } from 'vitest';
import { wrongNetworks } from './addresses.ts';
import { tenantProblems } from './tenantDraft.ts';

const fields = (id: string, name = 'Acme', owner = '') =>
  Object.keys(tenantProblems({ id, name, owner }, ['globex']));

it('asks for an id that is a name in addresses, and new', () => {
  expect(fields('acme')).toEqual([]);
  expect(fields('globex')).toEqual(['id']);
  expect(fields('9lives')).toEqual(['id']);
  expect(fields('acme', ' ', 'ada')).toEqual(['name', 'owner']);
});

it('knows addresses and networks', () => {
  expect(wrongNetworks(['192.0.2.0/24', '2001:db8::1', 'office', '1.2.3.4/99'])).toEqual([
    'office',
    '1.2.3.4/99',
  ]);
});
