import { commands } from '@baton/engine/broker';
import { expect, it } from 'vitest';
import { bpmn, end, path, serviceTask, start, userTask } from '../bpmn.ts';
import { decision, dmn, literal } from '../dmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const held = (note: string) =>
  `${bpmn('held', start(), serviceTask('work'), end(), path('start', 'work', 'end'))}<!-- ${note} -->`;
const hourly = (note: string) =>
  `${bpmn(
    'hourly',
    '<bpmn:startEvent id="start"><bpmn:timerEventDefinition><bpmn:timeCycle>R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>',
    end(),
    path('start', 'end'),
  )}<!-- ${note} -->`;

const deployed = async (scenario: Scenario, xml: string) =>
  (await scenario.deploy(xml)).processesMetadata[0]!.processDefinitionKey;

it('A process is not deleted while an instance runs', async () => {
  const scenario = await Scenario.begin();
  const key = await deployed(scenario, held('1'));
  const instance = await scenario.started('held');
  expect(await scenario.execute(commands.deleteResource(key))).toEqual({
    ok: false,
    failure: {
      type: 'INVALID_STATE',
      reason: `Expected to delete resource with key \`${key}\` but there are still running instances`,
    },
  });

  await scenario.execute(commands.cancelInstance(instance));
  accepted(await scenario.execute(commands.deleteResource(key)));
  expect(await scenario.create('held')).toMatchObject({ ok: false, failure: { type: 'NOT_FOUND' } });
  expect(scenario.broker.queries.process(key)).toMatchObject({ bpmnProcessId: 'held', version: 1 });
  await scenario.close();
});

it('The version before takes the place of a deleted one, its timer as well; the number is not given again', async () => {
  const scenario = await Scenario.begin();
  const first = await deployed(scenario, hourly('1'));
  const second = await deployed(scenario, hourly('2'));
  accepted(await scenario.execute(commands.deleteResource(second)));
  await scenario.wait(3_600_000);
  expect(scenario.events('PROCESS_INSTANCE', 'ELEMENT_COMPLETED').map(({ value }) => value.version)).toEqual([
    1, 1, 1,
  ]);

  accepted(await scenario.execute(commands.deleteResource(first)));
  const before = scenario.events('PROCESS_INSTANCE').length;
  await scenario.wait(7_200_000);
  expect(scenario.events('PROCESS_INSTANCE')).toHaveLength(before);
  expect((await scenario.deploy(hourly('3'))).processesMetadata).toMatchObject([{ version: 3 }]);
  await scenario.close();
});

it('Decisions go with their graph, forms alone; what is unknown is refused', async () => {
  const scenario = await Scenario.begin();
  const rule = await scenario.deploy(dmn('graph', [decision('rule', literal('1'))]), 'rule.dmn');
  const form = await scenario.deploy('{"id": "form"}', 'a.form');
  await scenario.deploy(
    bpmn(
      'asks',
      start(),
      userTask('t', '<zeebe:formDefinition formId="form" />'),
      end(),
      path('start', 't', 'end'),
    ),
  );
  const { decisionRequirementsKey } = rule.decisionRequirementsMetadata![0]!;
  const { formKey } = form.formMetadata![0]!;
  await scenario.started('asks');
  expect(scenario.events('USER_TASK', 'CREATED')).toMatchObject([{ value: { formKey } }]);

  accepted(await scenario.execute(commands.deleteResource(decisionRequirementsKey)));
  accepted(await scenario.execute(commands.deleteResource(formKey)));
  expect(await scenario.execute(commands.deleteResource(formKey))).toMatchObject({
    ok: false,
    failure: { reason: `Expected to delete resource but no resource found with key \`${formKey}\`` },
  });
  await scenario.started('asks');
  expect(scenario.incidents).toMatchObject([{ errorType: 'FORM_NOT_FOUND', elementId: 't' }]);
  const evaluation = commands.evaluateDecision(
    { decisionId: 'rule', decisionKey: -1, variables: {} },
    scenario.tenantId,
  );
  expect(await scenario.execute(evaluation)).toMatchObject({ ok: false, failure: { type: 'NOT_FOUND' } });
  expect(scenario.broker.queries.form(formKey)?.value.formId).toBe('form');
  await scenario.close();
});

it('Another tenant cannot delete', async () => {
  const acme = await Scenario.begin('acme');
  const key = await deployed(acme, held('1'));
  expect(await acme.as('other').within(commands.deleteResource(key))).toMatchObject({
    ok: false,
    failure: { type: 'NOT_FOUND' },
  });
  await acme.close();
});
