import { expect, it } from 'vitest';
import { inputOf, messageVariable, valuesText, variablesOf } from './promptValues.ts';

it('asks for what the prompt leaves open, but not for the message', () => {
  expect(variablesOf('{{customer}} of {{order.id}}: {{prompt}} {{> tone}}')).toEqual([
    'customer',
    'order.id',
  ]);
  expect(variablesOf(undefined)).toEqual([]);
});

it('gives the values as a run takes them', () => {
  const variables = ['customer', 'order.id', 'order.total', '__proto__.x', 'note'];
  const values = {
    customer: 'Mira',
    'order.id': 'HP-1',
    'order.total': '84.90',
    '__proto__.x': '1',
    note: ' ',
  };
  const input = inputOf(variables, values)!;
  expect(JSON.stringify(input)).toBe(
    '{"customer":"Mira","order":{"id":"HP-1","total":"84.90"},"__proto__":{"x":"1"}}',
  );
  expect(({} as { x?: string }).x).toBeUndefined();
  expect(inputOf(['note'], values)).toBeUndefined();
  expect(valuesText(['customer', 'note', 'order.id'], values)).toBe('customer: Mira\norder.id: HP-1');
});

it('takes a message for the variable that is named for one, unless it has a value', () => {
  expect(messageVariable(['customer', 'message'], { message: ' ' })).toBe('message');
  expect(messageVariable(['customer', 'message'], { message: 'typed' })).toBeUndefined();
  expect(messageVariable(['customer'], {})).toBeUndefined();
});
