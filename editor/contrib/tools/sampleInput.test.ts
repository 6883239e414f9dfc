import { expect, it } from 'vitest';
import { sampleInput } from './sampleInput.ts';

it('fills every field of an object with the simplest value of its type', () => {
  const schema = {
    type: 'object',
    properties: {
      orderId: { type: 'string' },
      amount: { type: 'number', minimum: 10 },
      parcels: { type: 'array', items: { type: 'integer' } },
      express: { type: 'boolean' },
      day: { type: 'string', format: 'date' },
    },
  };

  expect(sampleInput(schema)).toEqual({
    orderId: 'text',
    amount: 10,
    parcels: [1],
    express: true,
    day: '2026-01-31',
  });
});

it('takes what the schema itself gives: examples, defaults and choices', () => {
  const schema = {
    properties: {
      orderId: { type: 'string', examples: ['HP-48213'] },
      country: { default: 'NL' },
      state: { enum: ['open', 'closed'] },
    },
  };

  expect(sampleInput(schema)).toEqual({ orderId: 'HP-48213', country: 'NL', state: 'open' });
});

it('keeps to the bounds of texts and numbers', () => {
  const schema = {
    properties: {
      code: { type: 'string', maxLength: 2 },
      share: { type: 'number', exclusiveMinimum: 0, maximum: 0.5 },
    },
  };

  expect(sampleInput(schema)).toEqual({ code: 'te', share: 0.5 });
});

it('follows references and ends where a schema contains itself', () => {
  const schema = {
    $defs: { city: { type: 'string', examples: ['Utrecht'] } },
    properties: { city: { $ref: '#/$defs/city' }, self: { $ref: '#' } },
  };

  expect(sampleInput(schema)).toMatchObject({ city: 'Utrecht', self: { city: 'Utrecht' } });
});
