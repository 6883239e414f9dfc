import { expect, it } from 'vitest';
import {
  changedAt,
  fieldsOf,
  typeOf,
  variantsOf,
  withFields,
  withKeyword,
  withType,
  withVariants,
} from './schema.ts';

const order = {
  type: 'object',
  properties: { number: { type: 'string', pattern: '^HP' }, total: { type: 'number' } },
  required: ['total', 'elsewhere'],
};

it('renames a field in its place and in what is required', () => {
  const fields = fieldsOf(order).map((field) =>
    field.name === 'total' ? { ...field, name: 'amount' } : field,
  );
  const renamed = withFields(order, fields);

  expect(Object.keys(renamed.properties as object)).toEqual(['number', 'amount']);
  expect(renamed.required).toEqual(['amount', 'elsewhere']);
});

it('forgets required once nothing is', () => {
  const schema = { type: 'object', properties: { a: {} }, required: ['a'] };
  expect(withFields(schema, [])).toEqual({ type: 'object', properties: {} });
});

it('keeps what was said about a field when its type changes', () => {
  const schema = { type: 'string', description: 'Refund in EUR', pattern: '^x', minLength: 2 };
  expect(withType(schema, 'number')).toEqual({ type: 'number', description: 'Refund in EUR' });
});

it('turns values into variants once one of them is explained, and back', () => {
  const plain = { description: 'Mood', enum: ['calm', 'angry'] };
  const [calm, angry] = variantsOf(plain)!;
  const explained = withVariants(plain, [calm!, { ...angry!, description: 'shouts' }]);

  expect(explained).toEqual({
    description: 'Mood',
    oneOf: [{ const: 'calm' }, { const: 'angry', description: 'shouts' }],
  });
  expect(typeOf(explained)).toBe('oneOf');
  expect(withVariants(explained, variantsOf(plain)!)).toEqual(plain);
});

it.each([
  [{ oneOf: [{ type: 'string' }, { type: 'null' }] }, 'json'],
  [{ $ref: '#/x' }, 'json'],
  [{ type: ['string', 'null'] }, 'json'],
  [{ const: 3 }, 'oneOf'],
  [{}, 'any'],
  [{ properties: {} }, 'object'],
])('shows %j as %s', (schema, type) => {
  expect(typeOf(schema)).toBe(type);
});

it('takes a keyword away when its field is emptied', () => {
  expect(withKeyword({ type: 'string', pattern: 'x' }, 'pattern', '')).toEqual({ type: 'string' });
});

it('changes what stands at a path, and makes what is missing on the way', () => {
  const content = { responseSchema: order };
  const changed = changedAt(content, ['responseSchema', 'properties', 'total'], (schema) => ({
    ...schema,
    minimum: 0,
  }));
  expect(changed).toMatchObject({
    responseSchema: { properties: { total: { type: 'number', minimum: 0 } } },
  });
  expect(content.responseSchema.properties.total).toEqual({ type: 'number' });
  expect(changedAt({}, ['items', 'properties'], () => 1)).toEqual({ items: { properties: 1 } });
});
