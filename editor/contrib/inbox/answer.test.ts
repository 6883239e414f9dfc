import { expect, test } from 'vitest';
import { answerContent, questionFields, questionValues } from './answer.ts';
import { questionOf } from './question.ts';

const variables = {
  customer: 'Elena Fischer',
  question: {
    id: 'q1',
    kind: 'approval',
    tool: 'refund-order',
    message: 'The parcel is lost.',
    schema: {
      type: 'object',
      required: ['order', 'amount', 'reason'],
      properties: {
        order: { type: 'string', readOnly: true },
        amount: { type: 'number', title: 'Amount in EUR', exclusiveMinimum: 0, maximum: 120 },
        reason: {
          oneOf: [
            { const: 'lost', title: 'Lost in transit' },
            { const: 'late', title: 'Too late' },
          ],
        },
        notify: { type: 'array', items: { enum: ['mail', 'sms'] } },
        vip: { type: 'boolean' },
      },
    },
    proposed: { order: 'HP-48213', amount: 84.9, reason: 'lost', internal: { score: 1 } },
  },
};
const question = questionOf(variables)!;
const fields = questionFields(question);
const answer = (changes: Record<string, string | boolean | readonly string[]>) =>
  answerContent(question, fields, {
    mode: 'fields',
    values: { ...questionValues(question), ...changes },
    json: '',
  });

test('a tool’s question has a field for every property, what is proposed filled in and named', () => {
  expect(fields.map(({ name, title, type, description }) => [name, title, type, description])).toEqual([
    ['order', 'Order', 'text', 'Proposed: HP-48213.'],
    ['amount', 'Amount in EUR', 'number', 'Proposed: 84.9. At most 120.'],
    ['reason', 'Reason', 'choice', 'Proposed: Lost in transit.'],
    ['notify', 'Notify', 'choices', undefined],
    ['vip', 'Vip', 'boolean', undefined],
    ['internal', 'Internal', 'json', undefined],
  ]);
  expect(answer({})).toEqual({ content: question.proposed, errors: {} });
});

test('what is changed is the answer, choices as the values they stand for', () => {
  expect(answer({ amount: '50', reason: 'late', notify: ['sms'], vip: true }).content).toEqual({
    order: 'HP-48213',
    amount: 50,
    reason: 'late',
    notify: ['sms'],
    vip: true,
    internal: { score: 1 },
  });
});

test('an answer that does not fit the schema says so at its field, before it is sent', () => {
  expect(Object.keys(answer({ amount: '500' }).errors)).toEqual(['amount']);
  expect(answer({ amount: '500' }).errors.amount).toMatch(/^Expected .* 120/);
  expect(answer({ amount: '' }).errors).toEqual({ amount: 'Expected amount in eur, but it is empty.' });
  expect(answer({ amount: 'much' }).errors).toEqual({ amount: 'Expected a number, but got much.' });
});

test('as JSON it is checked by the same schema', () => {
  const typed = (json: string) => answerContent(question, fields, { mode: 'json', values: {}, json }).errors;
  expect(typed('{"order":"a","amount":1,"reason":"lost"}')).toEqual({});
  expect(Object.keys(typed('{"order":"a","amount":1,"reason":"theft"}'))).toEqual(['reason']);
  expect(typed('[]')).toEqual({ '': 'Expected a JSON object, but got something else.' });
  expect(typed('{')['']).toMatch(/^Expected JSON, but /);
});

test('other tasks are no questions, whatever their variables are called', () => {
  expect(questionOf({})).toBeUndefined();
  expect(questionOf({ question: 'Where is my tent?' })).toBeUndefined();
  expect(questionOf({ question: { id: 'q', schema: 'none' } })).toBeUndefined();
});
