import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { type JsonSchema, noCapabilities, toolTypes, typeOfSchema } from '../../contract/index.ts';
import { createTypeCheck } from './check.ts';

const check = createTypeCheck(createRequire(import.meta.url).resolve('typescript'));

const order = {
  input: {
    type: 'object',
    properties: { orderId: { type: 'string' }, express: { type: 'boolean' } },
    required: ['orderId'],
    additionalProperties: false,
  },
  output: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
  capabilities: noCapabilities,
};

const found = (source: string, tool: Parameters<typeof toolTypes>[0] = order) =>
  check(source, toolTypes({ ...tool, source })).map(({ code, line, column }) => [code, line, column]);

describe('the types of a tool', () => {
  it('come from its schemas', () => {
    expect(
      found(`export default defineTool({ run: ({ orderId }) => ({ total: orderId.length }) });`),
    ).toEqual([]);
    expect(found(`export default defineTool({\n  run: ({ order }) => ({ total: 1 }),\n});`)).toEqual([
      ['ts(2339)', 2, 11],
    ]);
    expect(found(`export default defineTool({\n  run: () => ({ total: 'much' }),\n});`)).toEqual([
      ['ts(2322)', 2, 17],
    ]);
  });

  it('have of the context what the tool declares', () => {
    const source = `export default defineTool({\n  async run(_, context) { await context.fetch('https://x'); return { total: 1 }; },\n});`;
    const declared = { ...order, capabilities: { ...noCapabilities, network: ['x'] } };

    expect(found(source)).toEqual([['ts(2339)', 2, 41]]);
    expect(found(source, declared)).toEqual([]);
    expect(
      found(
        `export default defineTool({ async run(_, { secrets }) { return { total: (await secrets.get('B')).length }; } });`,
        { ...order, capabilities: { ...noCapabilities, secrets: ['A'] } },
      ),
    ).toMatchObject([['ts(2345)', 1, expect.any(Number)]]);
  });

  it('leave annotations to the author, as long as they agree', () => {
    expect(
      found(
        `interface Order { orderId: string }\nexport default defineTool({ run(order: Order) { return { total: order.orderId.length }; } });`,
      ),
    ).toEqual([]);
  });
});

describe('a source', () => {
  it.each([
    ['with an error of syntax', 'const a = ;', 'ts(1109)'],
    ['without a default export', 'export const a = 1;', 'tool(export)'],
    ['that exports something else', 'export default 1;', 'tool(export)'],
    ['that imports', `import fs from 'node:fs';\nexport default defineTool({ run: () => fs });`, 'ts(2792)'],
    ['that uses the browser', `export default defineTool({ run: () => document.title });`, 'ts(2584)'],
    ['that uses Node', `export default defineTool({ run: () => process.env });`, 'ts(2591)'],
  ])('%s is a problem with its place', (_name, source, code) => {
    expect(found(source).map(([each]) => each)).toContain(code);
  });

  it('that refers to a file of the machine is told nothing of it', () => {
    const problems = check(
      `/// <reference path="/etc/passwd" />\n/// <reference path="/etc/hostname.d.ts" />\nexport default defineTool({ run: () => ({ total: 1 }) });`,
      toolTypes(order),
    );

    expect(JSON.stringify(problems)).not.toContain('root');
  });
});

describe('a schema as a type', () => {
  it.each([
    [{}, 'any'],
    [{ type: 'string' }, 'string'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ enum: ['a', 1, null] }, '"a" | 1 | null'],
    [{ const: 'x' }, '"x"'],
    [{ type: 'array', items: { type: 'integer' } }, '(number)[]'],
    [{ type: 'object' }, '{ [name: string]: unknown }'],
    [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [name: string]: number }'],
    [{ properties: { 'a b': { type: 'string' } }, additionalProperties: false }, '{ "a b"?: string }'],
    [{ oneOf: [{ type: 'string' }, { type: 'number' }] }, '(string | number)'],
    [{ allOf: [{ type: 'object', properties: { a: {} }, additionalProperties: false }] }, '({ "a"?: any })'],
    [{ $ref: '#/$defs/city', $defs: { city: { type: 'string' } } }, 'string'],
    [{ $ref: '#' }, 'any'],
    [{ $ref: 'https://elsewhere.example/schema' }, 'any'],
  ] as [JsonSchema, string][])('%j', (schema, type) => {
    expect(typeOfSchema(schema)).toBe(type);
  });

  it('that contains itself has an end', () => {
    const tree = { type: 'object', properties: { children: { type: 'array', items: { $ref: '#' } } } };

    expect(typeOfSchema(tree)).toContain('any');
  });

  it('of 10,000 properties is a type still', () => {
    const properties = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, n) => [`p${n}`, { type: 'string' }]),
    );
    const wide = { ...order, input: { type: 'object', properties } };

    expect(
      found(`export default defineTool({ run: ({ p9999 }) => ({ total: p9999?.length ?? 0 }) });`, wide),
    ).toEqual([]);
  });

  it('whose names would end the text they stand in stays a text', () => {
    const odd = {
      ...order,
      input: {
        properties: { 'a"; declare const evil: any; //': { type: 'string', description: '*/ evil' } },
      },
    };

    expect(found(`export default defineTool({ run: () => ({ total: 1 }) });`, odd)).toEqual([]);
  });
});
