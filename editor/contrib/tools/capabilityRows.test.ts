import { expect, it } from 'vitest';
import { blankTool } from './blankTool.ts';
import { capabilityRows } from './capabilityRows.ts';

const none = blankTool.capabilities;
const told = (declared: typeof none, given: typeof none) =>
  capabilityRows(declared, given).map(({ name, granted }) => [name, granted]);

it('says of each thing that is declared whether it is granted', () => {
  const declared = { ...none, network: ['a.example', 'b.example'], secrets: ['TOKEN'], questions: true };
  const given = { ...none, network: ['a.example', 'other.example'], questions: true };
  expect(told(declared, given)).toEqual([
    ['a.example', true],
    ['b.example', false],
    ['TOKEN', false],
    ['Questions', true],
  ]);
});

it('shows of a tool of the product what it was granted, or that it waits for it', () => {
  const declared = { ...none, network: ['*'] };
  expect(told(declared, none)).toEqual([['Hosts that are granted', false]]);
  expect(told(declared, { ...none, network: ['a.example'] })).toEqual([['a.example', true]]);
});
