import { readFileSync } from 'node:fs';
import { createFeel } from '@baton/engine/feel';
import { expect, it } from 'vitest';
import { tryDecision } from './tryDecision.ts';

const feel = createFeel();
const compensation = readFileSync(
  new URL('../../../infra/examples/compensation.dmn', import.meta.url),
  'utf8',
);
const tried = (xml: string, variables: object, id = 'compensation') =>
  tryDecision(feel, xml, id, variables as never, 0);

it('a decision is tried as it stands: its output, its inputs and the rules that hit', () => {
  expect(tried(compensation, { daysLate: 5, total: 30 })).toMatchObject({
    ok: true,
    value: {
      output: 'voucher',
      steps: [
        {
          decisionId: 'compensation',
          inputs: [
            { id: 'days_late', name: 'Days late', value: 5 },
            { id: 'order_total', name: 'Total of the order', value: 30 },
          ],
          rules: [{ id: 'late', index: 2, outputs: [{ name: 'Offer', value: 'voucher' }] }],
        },
      ],
    },
  });
});

it('why it cannot be read, or has no such decision, is said', () => {
  expect(tried(compensation.replace('[3..9]', '[3..'), {})).toMatchObject({
    ok: false,
    failure: { message: expect.stringContaining('[3..') },
  });
  expect(tried(compensation, {}, 'refund')).toEqual({
    ok: false,
    failure: { message: "Expected a decision with the id 'refund', but the file has none" },
  });
});
