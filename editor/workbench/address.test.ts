import { expect, it } from 'vitest';
import { type Address, addressOf, readAddress } from './address.ts';

it('names a document, an element, a field and a line, and reads them back', () => {
  const addresses: Address[] = [
    { resource: { kind: 'workflow', id: '17' } },
    { resource: { kind: 'workflow', id: '17' }, place: { elementId: 'task_a' } },
    { resource: { kind: 'task', id: 'a/b?c' }, place: { path: ['input', 'fields & more'] } },
    { resource: { kind: 'tool', id: '3' }, place: { line: 12, column: 4 } },
  ];
  for (const address of addresses)
    expect(readAddress(addressOf(address.resource, address.place))).toEqual(address);
  expect(addressOf({ kind: 'workflow', id: '17' }, { elementId: 'task_a' })).toBe(
    '#/workflow/17?element=task_a',
  );
});

it('takes nothing from what is no address', () => {
  for (const hash of ['', '#', '#/', '#/workflow', '#/workflow/', '#/%E0%A4%A/1', '#/a/%'])
    expect(readAddress(hash)).toBeUndefined();
  expect(readAddress('#/tool/3?line=-4&column=2')).toEqual({ resource: { kind: 'tool', id: '3' } });
});
