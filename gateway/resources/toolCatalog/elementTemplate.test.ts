import { type CatalogTool, type JsonSchema, readToolDefinition } from '@baton/tools-registry/contract';
import { expect, it } from 'vitest';
import { elementTemplateOf } from './elementTemplate.ts';

// Camunda's published check of element templates; it comes without types.
const { validateZeebe } = (await import('@bpmn-io/element-templates-validator' as string)) as {
  validateZeebe(template: unknown): { valid: boolean; errors: unknown[] | null };
};

const toolOf = (input: JsonSchema, name = 'refund-order', version = 3): CatalogTool => ({
  id: 't1',
  version,
  origin: { kind: 'saved' },
  definition: readToolDefinition({ name, description: 'Gives money back', input }),
});
function checked(tool: CatalogTool) {
  const template = elementTemplateOf(tool);
  const { valid, errors } = validateZeebe(template);
  expect(errors ?? []).toEqual([]);
  expect(valid).toBe(true);
  return template;
}
const inputs = (schema: JsonSchema) =>
  checked(toolOf(schema)).properties.filter(
    ({ binding }) => (binding as { type: string }).type === 'zeebe:input',
  );

it('is a service task that calls the tool, and says where its answer goes', () => {
  const template = checked(toolOf({}, 'github.create_issue', 0));
  expect(template).toMatchObject({
    id: 'baton.tool.github.create_issue',
    name: 'github.create_issue',
    version: 0,
    description: 'Gives money back',
    appliesTo: ['bpmn:Task', 'bpmn:ServiceTask'],
    elementType: { value: 'bpmn:ServiceTask' },
  });
  expect(template.properties).toEqual([
    { type: 'Hidden', value: 'tool', binding: { type: 'zeebe:taskDefinition', property: 'type' } },
    { type: 'Hidden', value: 'github.create_issue', binding: { type: 'zeebe:taskHeader', key: 'tool' } },
    expect.objectContaining({
      value: 'createIssue',
      binding: { type: 'zeebe:taskHeader', key: 'resultVariable' },
    }),
  ]);
});

it('has a field for each input, of the kind of its values', () => {
  const found = inputs({
    type: 'object',
    required: ['orderId', 'reason', 'amount', 'items'],
    properties: {
      note: { type: 'string', default: '=none', title: 'Note to the customer' },
      orderId: { type: 'string', description: 'Of the order', examples: ['A-1'] },
      reason: { enum: ['broken', 'late'], default: 'late' },
      amount: { type: 'number', default: 5 },
      count: { type: ['integer', 'null'] },
      notify: { type: 'boolean', default: true },
      speed: { type: 'string', enum: ['slow', 'fast'] },
      items: { type: 'array', examples: [[{ sku: 'x' }]] },
      extra: { anyOf: [{ type: 'string' }, { type: 'object' }], default: { a: 1 } },
      'not a variable': { type: 'string' },
      'a.b': { type: 'string' },
    },
  });
  expect(
    found.map(({ binding, type, feel, value, optional, constraints }) => [
      (binding as { name: string }).name,
      type,
      feel,
      value,
      optional ?? constraints,
    ]),
  ).toEqual([
    ['orderId', 'String', 'optional', undefined, { notEmpty: true }],
    ['reason', 'Dropdown', undefined, 'late', { notEmpty: true }],
    ['amount', 'Number', 'optional', 5, { notEmpty: true }],
    ['items', 'Text', 'required', undefined, { notEmpty: true }],
    ['note', 'String', 'optional', '="=none"', true],
    ['count', 'Number', 'optional', undefined, true],
    ['notify', 'Boolean', 'optional', true, true],
    ['speed', 'String', 'optional', undefined, true],
    ['extra', 'Text', 'required', '={"a":1}', true],
  ]);
  expect(found[0]).toMatchObject({ label: 'orderId', description: 'Of the order', placeholder: 'A-1' });
  expect(found[4]).toMatchObject({ label: 'Note to the customer' });
});

it('shows what is needed first of a schema with 10,000 properties, and takes one that says nothing', () => {
  const properties = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, index) => [`p${index}`, { type: 'string' }]),
  );
  const found = inputs({ properties, required: ['p9999'] });
  expect(found).toHaveLength(100);
  expect(found[0]).toMatchObject({ id: 'input-p9999' });
  for (const odd of [
    {},
    { properties: [] },
    { properties: { a: true, b: null, c: { type: 7 } } },
    { required: 'a' },
  ])
    checked(toolOf(odd as JsonSchema));
});

it('is valid whatever the tool is called and describes', () => {
  for (const name of ['a', 'äöü.日本 語', 'x.1', 'x..', `s.${'n'.repeat(200)}`]) checked(toolOf({}, name));
  const long = toolOf({ properties: { a: { type: 'string', description: 'd'.repeat(20_000) } } });
  expect(checked(long).properties[2]!.description).toHaveLength(1_000);
});
