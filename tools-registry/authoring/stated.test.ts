import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { noCapabilities, toolTypes } from '../contract/index.ts';
import { statedIn } from './stated.ts';
import { createTypeCheck } from './types/check.ts';

const whole = `
const address = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } as const;
export default defineTool({
  name: 'order-lookup',
  description: \`Looks up
an order\`,
  input: {
    type: 'object',
    properties: { orderId: { type: 'string' }, count: { type: 'integer', minimum: -1 }, address },
    required: ['orderId'],
    additionalProperties: false,
  },
  output: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
  capabilities: { network: ['shop.example.com'], secrets: ['TOKEN'], questions: true },
  async run({ orderId, count, address }, { fetch, secrets, ask }) {
    const token: string = await secrets.get('TOKEN');
    const answer = await fetch(\`https://shop.example.com/\${orderId.toUpperCase()}\`, { headers: { token } });
    const said = await ask({ message: address?.city.trim() ?? 'Where?' });
    return { total: answer.status + (count?.toFixed(0).length ?? 0) + said.action.length };
  },
});`;

describe('what a source states', () => {
  it('is read without running it', () => {
    expect(statedIn(whole)).toEqual({
      stated: {
        name: 'order-lookup',
        description: 'Looks up\nan order',
        input: {
          type: 'object',
          properties: {
            orderId: { type: 'string' },
            count: { type: 'integer', minimum: -1 },
            address: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          },
          required: ['orderId'],
          additionalProperties: false,
        },
        output: { type: 'object', properties: { total: { type: 'number' } }, required: ['total'] },
        capabilities: { network: ['shop.example.com'], secrets: ['TOKEN'], questions: true },
      },
      problems: [],
    });
  });

  it('is nothing, where it only says what it does', () => {
    expect(statedIn('export default defineTool({ run: () => 1 });')).toEqual({ stated: {}, problems: [] });
    expect(statedIn('const a = ;')).toEqual({ stated: {}, problems: [] });
    expect(statedIn('export default 1;')).toEqual({ stated: {}, problems: [] });
  });

  it.each([
    ['a call', 'input: make()', 'it is computed'],
    ['an unknown name', 'input: schema', 'it is computed'],
    ['a text that is put together', `description: 'a' + 'b'`, 'it is computed'],
    ['a name that leads to itself', 'input: circle', 'it is computed'],
    ['a number for a schema', 'output: 1', 'another kind'],
  ])('is a problem with its place when it is %s', (_what, property, but) => {
    const { stated, problems } = statedIn(
      `const circle = { circle };\n export default defineTool({ ${property}, run() {} });`,
    );
    expect(stated).toEqual({});
    expect(problems).toMatchObject([{ line: expect.any(Number), message: expect.stringContaining(but) }]);
  });

  it('names no prototype', () => {
    const { stated } = statedIn(
      `export default defineTool({ input: { ['__proto__']: 1, type: 'object' }, run() {} });`,
    );
    expect(stated).toEqual({});
  });
});

describe('types of what a source states', () => {
  const check = createTypeCheck(createRequire(import.meta.url).resolve('typescript'));
  const form = { input: {}, output: { type: 'string' }, capabilities: noCapabilities };
  const found = (source: string) => check(source, toolTypes(form)).map(({ code }) => code);

  it('go before those of the form', () => {
    expect(check(whole, toolTypes(form))).toEqual([]);
  });

  it.each([
    ['a name that the input has not', '{ orderId, count }', '{ orderId }', 'ts(2339)'],
    [
      'an answer of another kind',
      'return { total: answer.status',
      'return { total: String(answer.status)',
      'ts(2345)|ts(2322)',
    ],
    ['a secret that it does not declare', `get('TOKEN')`, `get('OTHER')`, 'ts(2345)'],
    [
      'a capability that it does not declare',
      `{ fetch, secrets, ask }`,
      `{ fetch, secrets, ask, db }`,
      'ts(2339)',
    ],
  ])('find %s', (what, from, to, code) => {
    const changed = what.startsWith('a name')
      ? whole.replace('async run({ orderId,', 'async run({ order,')
      : whole.replace(from, to);
    expect(found(changed).some((each) => code.split('|').includes(each))).toBe(true);
  });
});
