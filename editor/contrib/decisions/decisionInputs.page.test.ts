import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { decisionInputs, decisionVariables, valuesOf, variablesOf } from './decisionInputs.ts';

const compensation = readFileSync(
  join(import.meta.dirname, '../../../infra/examples/compensation.dmn'),
  'utf8',
);

const table = (input: string, type: string, more = '') =>
  `<decisionTable><input label=""><inputExpression typeRef="${type}"><text>${input}</text></inputExpression>${more}`;
const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">
  <decision id="discount"><variable name="discount" />
    <informationRequirement><requiredDecision href="#rank" /></informationRequirement>
    <informationRequirement><requiredInput href="#age" /></informationRequirement>
    <knowledgeRequirement><requiredKnowledge href="#share" /></knowledgeRequirement>
    ${table('rank', 'string')}</input></decisionTable>
  </decision>
  <decision id="rank" name="Rank of a customer"><variable name="rank" />
    ${table('customer.kind', 'string', '<inputValues><text>"new","old"</text></inputValues>')}</input>
      <output name="level" typeRef="number" /><output name="reason" typeRef="string" />
    </decisionTable>
  </decision>
  <businessKnowledgeModel id="share" name="share"><encapsulatedLogic>
    <formalParameter name="whole" /><formalParameter name="percent" /></encapsulatedLogic>
  </businessKnowledgeModel>
  <inputData id="age" name="age"><variable name="age" typeRef="number" /></inputData>
</definitions>`;

it('inputs of a table are fields of their types, with the names people gave them', () => {
  expect(decisionInputs(compensation, 'compensation')).toEqual([
    { name: 'daysLate', title: 'Days late', type: 'number', required: false, note: 'daysLate: number' },
    { name: 'total', title: 'Total of the order', type: 'number', required: false, note: 'total: number' },
  ]);
});

it('what required decisions ask is asked, what they answer is not; values that are listed are chosen from', () => {
  expect(
    decisionInputs(xml, 'discount').map(({ name, type, choices }) => [name, type, choices?.length]),
  ).toEqual([
    ['customer.kind', 'choice', 2],
    ['age', 'number', undefined],
  ]);
});

it('expressions read what the decision is told, and what those it requires answer', () => {
  expect(decisionVariables(xml, 'discount')).toEqual([
    {
      name: 'rank',
      description: 'Answer of the decision “Rank of a customer”.',
      type: 'context',
      members: [
        { name: 'level', description: 'Output of the decision “Rank of a customer”.', type: 'number' },
        { name: 'reason', description: 'Output of the decision “Rank of a customer”.', type: 'string' },
      ],
    },
    { name: 'share', description: 'Knowledge model, called with (whole, percent).', type: 'function' },
    {
      name: 'customer',
      description: 'Input of the decision.',
      type: 'context',
      members: [{ name: 'kind', description: 'Input of the decision.', type: 'string' }],
    },
    { name: 'age', description: 'Input of the decision.', type: 'number' },
  ]);
  expect(decisionVariables(compensation, 'compensation').map(({ name }) => name)).toEqual([
    'daysLate',
    'total',
  ]);
});

it('a path becomes what an expression asks', () => {
  expect(variablesOf({ 'customer.age': 3, 'customer.kind': 'new', total: 5 })).toEqual({
    customer: { age: 3, kind: 'new' },
    total: 5,
  });
});

it('what an expression asks becomes the values of its fields, and what no field asks for stays', () => {
  const fields = decisionInputs(xml, 'discount');
  expect(valuesOf(fields, { customer: { kind: 'new' }, age: 3 })).toEqual({ 'customer.kind': 'new', age: 3 });
  expect(valuesOf(fields, { customer: { kind: 'new', name: 'Eva' }, more: [1] })).toEqual({
    'customer.kind': 'new',
    '': { customer: { name: 'Eva' }, more: [1] },
  });
});
