import { expect, test } from 'vitest';
import { fieldsOf, fieldsOfValues, initialValues, readValues } from './schemaForm.ts';

const schema = {
  type: 'object',
  required: ['message'],
  properties: {
    message: { type: 'string', maxLength: 2000 },
    customer: { type: 'object' },
    orders: { type: 'integer' },
    channel: { type: 'string', enum: ['mail', 'chat'] },
    vip: { type: 'boolean' },
    escalateAfter: { type: 'string', format: 'duration', description: 'How long a person has' },
  },
};

test('a start form shows a control for every type of its schema, the example filled in', () => {
  const fields = fieldsOf(schema);
  expect(fields.map(({ name, title, type, required }) => [name, title, type, required])).toEqual([
    ['message', 'Message', 'longText', true],
    ['customer', 'Customer', 'json', false],
    ['orders', 'Orders', 'integer', false],
    ['channel', 'Channel', 'choice', false],
    ['vip', 'Vip', 'boolean', false],
    ['escalateAfter', 'Escalate after', 'text', false],
  ]);
  expect(
    initialValues(fields, { message: 'Where is my tent?', customer: { name: 'Elena' }, orders: 3 }),
  ).toEqual({
    message: 'Where is my tent?',
    customer: '{\n  "name": "Elena"\n}',
    orders: '3',
    channel: '',
    vip: false,
    escalateAfter: '',
  });
});

test('what was typed becomes variables of the right types, empty optional fields are left out', () => {
  const typed = {
    message: 'Hello',
    customer: '{"name":"Elena"}',
    orders: '3',
    channel: 'mail',
    vip: true,
    escalateAfter: '',
  };
  expect(readValues(fieldsOf(schema), typed)).toEqual({
    variables: { message: 'Hello', customer: { name: 'Elena' }, orders: 3, channel: 'mail', vip: true },
    errors: {},
  });
});

test('a field that cannot be sent says what was expected and what it got', () => {
  const { errors } = readValues(fieldsOf(schema), {
    message: ' ',
    customer: '{',
    orders: '1.5',
    channel: 'fax',
  });
  expect(errors).toMatchObject({
    message: 'Expected message, but it is empty.',
    orders: 'Expected a whole number, but got 1.5.',
    channel: 'Expected one of mail, chat, but got fax.',
  });
  expect(errors.customer).toMatch(/^Expected JSON, but /);
});

test('without a schema the fields follow the values', () => {
  expect(
    fieldsOfValues({ ok: true, total: 4, note: 'short', order: { id: 1 } }).map(({ type }) => type),
  ).toEqual(['boolean', 'number', 'text', 'json']);
});

test('what MCP asks with has controls: titled choices, several of them, dates, bounds and defaults', () => {
  const fields = fieldsOf({
    properties: {
      hero: { type: 'string', oneOf: [{ const: 'h1', title: 'Superman' }], default: 'h1' },
      pet: { enum: ['p1', 'p2'], enumNames: ['Cats', 'Dogs'] },
      fish: {
        type: 'array',
        items: { anyOf: [{ const: 'f1', title: 'Tuna' }, { const: 'f2' }] },
        minItems: 1,
      },
      born: { type: 'string', format: 'date' },
      age: { type: ['integer', 'null'], description: 'In years', minimum: 1, maximum: 120 },
      address: { $ref: '#/$defs/address' },
    },
    $defs: { address: { type: 'string', title: 'Where' } },
  });
  expect(fields.map(({ title, type, description }) => [title, type, description])).toEqual([
    ['Hero', 'choice', undefined],
    ['Pet', 'choice', undefined],
    ['Fish', 'choices', 'At least 1.'],
    ['Born', 'date', undefined],
    ['Age', 'integer', 'In years. At least 1, at most 120.'],
    ['Where', 'text', undefined],
  ]);
  expect(initialValues(fields, { pet: 'p2' })).toMatchObject({ hero: 'h1', pet: 'p2', fish: [], age: '' });
  expect(readValues(fields, { hero: 'h1', fish: ['f2'], age: '7' }).variables).toEqual({
    hero: 'h1',
    fish: ['f2'],
    age: 7,
  });
});
