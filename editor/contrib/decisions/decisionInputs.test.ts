// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decisionInputs, variablesOf } from './decisionInputs.ts';

const compensation = readFileSync(
  join(import.meta.dirname, '../../../infra/examples/compensation.dmn'),
  'utf8',
);

it('inputs of a table are fields of their types, with the names people gave them', () => {
  expect(decisionInputs(compensation, 'compensation')).toEqual([
    { name: 'daysLate', title: 'Days late', type: 'number', required: false, note: 'daysLate: number' },
    { name: 'total', title: 'Total of the order', type: 'number', required: false, note: 'total: number' },
  ]);
});

it('what required decisions ask is asked, what they answer is not; values that are listed are chosen from', () => {
  const table = (input: string, type: string, values = '') =>
    `<decisionTable><input label=""><inputExpression typeRef="${type}"><text>${input}</text></inputExpression>${values}</input></decisionTable>`;
  const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
    <decision id="discount"><variable name="discount" />
      <informationRequirement><requiredDecision href="#rank" /></informationRequirement>
      <informationRequirement><requiredInput href="#age" /></informationRequirement>
      ${table('rank', 'string')}
    </decision>
    <decision id="rank"><variable name="rank" />
      ${table('customer.kind', 'string', '<inputValues><text>"new","old"</text></inputValues>')}
    </decision>
    <inputData id="age" name="age"><variable name="age" typeRef="number" /></inputData>
  </definitions>`;
  expect(
    decisionInputs(xml, 'discount').map(({ name, type, choices }) => [name, type, choices?.length]),
  ).toEqual([
    ['customer.kind', 'choice', 2],
    ['age', 'number', undefined],
  ]);
});

it('a path becomes what an expression asks', () => {
  expect(variablesOf({ 'customer.age': 3, 'customer.kind': 'new', total: 5 })).toEqual({
    customer: { age: 3, kind: 'new' },
    total: 5,
  });
});
