import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelName } from './toolNames.ts';

test.each([
  ['order-lookup', 'order-lookup'],
  ['http.request', 'http__request'],
  ['crm.find_customer', 'crm__find_customer'],
  ['crm.a.b', 'crm__a__b'],
])('the model calls %s %s', (name, expected) => expect(modelName(name)).toBe(expected));

test.each(['crm.größe', 'crm.検索', 'crm.a__b', `crm.${'x'.repeat(80)}`, 'crm.a b', 'crm._x', 'crm.'])(
  'a provider takes what a model is told for %s',
  (name) => expect(modelName(name)).toMatch(/^[A-Za-z0-9_-]{1,64}$/),
);

test('different tools have different names for the model, and each one is safe', () => {
  const part = fc.oneof(
    fc.stringMatching(/^[a-z0-9_-]{1,12}$/),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
    fc.constantFrom('a', 'a_b', 'a__b', '_a', 'a_', '_', '__', 'größe', 'große'),
  );
  const name = fc.tuple(part, fc.array(part, { maxLength: 2 })).map(([a, rest]) => [a, ...rest].join('.'));
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 20 }), (names) => {
      const given = names.map(modelName);
      expect(new Set(given).size).toBe(names.length);
      for (const each of given) expect(each).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    }),
  );
});
