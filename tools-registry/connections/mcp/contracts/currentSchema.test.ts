import { describe, expect, it } from 'vitest';
import { checkSchema, validateAgainst } from '../../../contract/index.ts';
import { currentSchema } from './currentSchema.ts';

const draft7 = 'http://json-schema.org/draft-07/schema#';

describe('a schema of an older draft', () => {
  it('means the same in the current one', () => {
    const schema = currentSchema({
      $schema: draft7,
      type: 'object',
      definitions: { name: { $id: '#name', type: 'string' } },
      properties: {
        pair: { items: [{ type: 'string' }, { type: 'number' }], additionalItems: false },
        list: { type: 'array', items: { type: 'number' } },
        share: { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
        who: { $ref: '#/definitions/name' },
      },
      dependencies: { list: ['pair'], who: { required: ['share'] } },
    });

    expect(checkSchema(schema).filter(({ severity }) => severity === 'error')).toEqual([]);
    const fits = (value: Parameters<typeof validateAgainst>[1]) =>
      validateAgainst(schema, value).length === 0;
    expect(fits({ pair: ['a', 1] })).toBe(true);
    expect(fits({ pair: ['a', 1, 2] })).toBe(false);
    expect(fits({ pair: [1] })).toBe(false);
    expect(fits({ list: [1, 2], pair: [] })).toBe(true);
    expect(fits({ list: [1] })).toBe(false);
    expect(fits({ share: 0 })).toBe(false);
    expect(fits({ share: 1 })).toBe(true);
    expect(fits({ who: 7, share: 1 })).toBe(false);
    expect(fits({ who: 'Ada' })).toBe(false);
  });

  it('keeps values that look like schemas as they are', () => {
    const value = { items: [1], dependencies: { a: [] } };

    expect(currentSchema({ $schema: draft7, default: value, enum: [value], const: value })).toEqual({
      default: value,
      enum: [value],
      const: value,
    });
  });

  it('is not guessed: another dialect is left alone', () => {
    const schema = { $schema: 'https://example.com/dialect', items: [{}] };

    expect(currentSchema(schema)).toBe(schema);
    expect(checkSchema(schema)).not.toEqual([]);
  });
});
