import { commands } from '@baton/engine/broker';
import { DEFAULT_TENANT, type DecisionEvaluationValue, type JsonObject } from '@baton/engine/protocol';
import { expect, it } from 'vitest';
import { bpmn, end, path, start } from '../bpmn.ts';
import { decision, dmn, literal, table } from '../dmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const discount = (outcome: string) =>
  dmn('discounts', [
    decision(
      'discount',
      table({
        inputs: [{ label: 'Total', expression: 'total' }, { expression: 'customerClass' }],
        outputs: [{ name: 'percent' }],
        rules: [
          [['>= 100', '"loyal"'], [outcome]],
          [['< 100', '-'], ['0']],
        ],
      }),
      { requires: ['customerClass'] },
    ),
    decision('customerClass', literal('if orders > 3 then "loyal" else "new"')),
  ]);

const rating = bpmn(
  'rating',
  start(),
  '<bpmn:businessRuleTask id="rate"><bpmn:extensionElements><zeebe:calledDecision decisionId="discount" resultVariable="percent" /></bpmn:extensionElements></bpmn:businessRuleTask>',
  end(),
  path('start', 'rate', 'end'),
);

async function evaluated(scenario: Scenario, variables: JsonObject): Promise<DecisionEvaluationValue> {
  const command = commands.evaluateDecision(
    { decisionId: 'discount', decisionKey: -1, variables },
    scenario.tenantId,
  );
  return accepted(await scenario.execute(command)).value as DecisionEvaluationValue;
}

it('A decision tells its result and how it came about, what it requires first', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(discount('10'), 'discounts.dmn');
  const value = await evaluated(scenario, { total: 120, orders: 5 });
  expect(value).toMatchObject({ decisionId: 'discount', decisionVersion: 1, decisionOutput: '10' });
  expect(value.evaluatedDecisions).toMatchObject([
    { decisionId: 'customerClass', decisionOutput: '"loyal"', decisionType: 'LITERAL_EXPRESSION' },
    {
      decisionId: 'discount',
      decisionType: 'DECISION_TABLE',
      evaluatedInputs: [
        { inputName: 'Total', inputValue: '120' },
        { inputName: 'customerClass', inputValue: '"loyal"' },
      ],
      matchedRules: [{ ruleId: 'rule1', ruleIndex: 1, evaluatedOutputs: [{ outputValue: '10' }] }],
    },
  ]);
  await scenario.close();
});

it('A business rule task takes the latest version, and waits at an incident until there is one', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(rating);
  await scenario.started('rating', { total: 120, orders: 5 });
  expect(scenario.incidents).toMatchObject([
    {
      errorType: 'CALLED_DECISION_ERROR',
      errorMessage: "Expected to evaluate decision 'discount', but no decision found for id 'discount'",
      elementId: 'rate',
    },
  ]);

  await scenario.deploy(discount('10'), 'discounts.dmn');
  await scenario.deploy(discount('20'), 'discounts.dmn');
  await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key));
  expect(scenario.variables()).toMatchObject({ rating: { percent: 20 } });
  expect(scenario.completed.at(-1)).toBe('rating');
  await scenario.close();
});

it('A decision that fails stops the task with the reason; with better variables it goes on', async () => {
  const scenario = await Scenario.begin();
  await scenario.deploy(discount('assert(total, total < 1000, "too much")'), 'discounts.dmn');
  await scenario.deploy(rating);
  const key = await scenario.started('rating', { total: 5000, orders: 5 });
  expect(scenario.incidents).toMatchObject([
    { errorType: 'DECISION_EVALUATION_ERROR', errorMessage: expect.stringContaining('too much') },
  ]);
  expect(scenario.events('DECISION_EVALUATION', 'FAILED')).toMatchObject([
    { value: { failedDecisionId: 'discount', elementId: 'rate', processInstanceKey: key } },
  ]);

  await scenario.execute(commands.setVariables(key, { total: 500 }, 'PROPAGATE'));
  await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key));
  expect(scenario.variables()).toMatchObject({ rating: { percent: 500 } });
  await scenario.close();
});

it('Decisions of another tenant are out of reach', async () => {
  const acme = await Scenario.begin('acme');
  await acme.deploy(discount('10'), 'discounts.dmn');
  const other = acme.as('other');
  const outcome = await other.execute(
    commands.evaluateDecision({ decisionId: 'discount', decisionKey: -1, variables: {} }, 'other'),
  );
  expect(outcome).toMatchObject({ ok: false, failure: { type: 'NOT_FOUND' } });
  await acme.close();
});

it('A file that is no decision is refused, and nothing of the deployment stays', async () => {
  const scenario = await Scenario.begin();
  const outcome = await scenario.execute(
    commands.deploy(
      [
        { resourceName: 'rating.bpmn', resource: rating },
        { resourceName: 'broken.dmn', resource: '<definitions />' },
      ],
      DEFAULT_TENANT,
    ),
  );
  expect(outcome).toMatchObject({
    ok: false,
    failure: {
      type: 'INVALID_ARGUMENT',
      reason: expect.stringContaining("'broken.dmn': Failed to parse DMN"),
    },
  });
  expect((await scenario.create('rating')).ok).toBe(false);
  await scenario.close();
});
