import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Engine, startEngine } from '../main.ts';
import { bpmn, end, path, start, userTask } from '../test/bpmn.ts';
import { decision, dmn, literal, table } from '../test/dmn.ts';

let engine: Engine;

beforeAll(async () => {
  engine = await startEngine({ host: '127.0.0.1', grpcPort: 0, restPort: 0, dataDirectory: undefined });
});
afterAll(() => engine.close());

async function call(method: string, path: string, body?: FormData | object) {
  const response = await fetch(`${engine.restAddress}${path}`, {
    method,
    body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, body: isJson && text !== '' ? JSON.parse(text) : text };
}

async function deploy(...files: (readonly [name: string, content: string])[]) {
  const form = new FormData();
  for (const [name, content] of files) form.append('resources', new Blob([content]), name);
  return (await call('POST', '/v2/deployments', form)).body.deployments;
}

const graph = dmn('ratesGraph', [
  decision(
    'rate',
    table({
      inputs: [{ label: 'Amount', expression: 'amount' }],
      outputs: [{ name: 'rate' }],
      rules: [[['> base'], ['"high"']]],
    }),
    { requires: ['base'] },
  ),
  decision('base', literal('100')),
]);

it('decides, and tells later what was decided and why', async () => {
  const deployed = await deploy(['rates.dmn', graph]);
  const { decisionDefinitionKey } = deployed.find(
    (one: { decisionDefinition?: { decisionDefinitionId: string } }) =>
      one.decisionDefinition?.decisionDefinitionId === 'rate',
  ).decisionDefinition;
  const { decisionRequirementsKey } = deployed.at(-1).decisionRequirements;

  const evaluated = await call('POST', '/v2/decision-definitions/evaluation', {
    decisionDefinitionId: 'rate',
    variables: { amount: 150 },
  });
  expect(evaluated).toMatchObject({
    status: 200,
    body: {
      decisionDefinitionKey,
      output: '"high"',
      failureMessage: '',
      evaluatedDecisions: [
        { decisionDefinitionId: 'base', output: '100' },
        {
          decisionDefinitionId: 'rate',
          matchedRules: [{ ruleId: 'rule1', ruleIndex: 1 }],
          evaluatedInputs: [{ inputName: 'Amount', inputValue: '150' }],
        },
      ],
    },
  });

  const found = await call('POST', '/v2/decision-instances/search', {
    filter: { decisionDefinitionId: 'rate', state: 'EVALUATED' },
  });
  const { decisionEvaluationKey } = evaluated.body;
  expect(found.body.items).toMatchObject([
    { decisionEvaluationInstanceKey: `${decisionEvaluationKey}-2`, result: '"high"' },
  ]);
  expect(await call('GET', `/v2/decision-instances/${decisionEvaluationKey}-2`)).toMatchObject({
    body: { evaluatedInputs: [{ inputValue: '150' }], matchedRules: [{ ruleIndex: 1 }] },
  });

  expect((await call('GET', `/v2/decision-definitions/${decisionDefinitionKey}`)).body).toMatchObject({
    decisionDefinitionId: 'rate',
    name: 'Decision rate',
    version: 1,
    decisionRequirementsKey,
  });
  expect((await call('GET', `/v2/decision-definitions/${decisionDefinitionKey}/xml`)).body).toBe(graph);
  expect((await call('GET', `/v2/decision-requirements/${decisionRequirementsKey}/xml`)).body).toBe(graph);
  expect(
    (
      await call('POST', '/v2/decision-requirements/search', {
        filter: { decisionRequirementsId: 'ratesGraph' },
      })
    ).body.items,
  ).toMatchObject([{ decisionRequirementsKey, version: 1, resourceName: 'rates.dmn' }]);

  expect((await call('POST', `/v2/resources/${decisionRequirementsKey}/deletion`)).status).toBe(204);
  expect(
    (await call('POST', '/v2/decision-definitions/search', { filter: { decisionDefinitionId: 'rate' } })).body
      .items,
  ).toHaveLength(1);
  expect(
    await call('POST', '/v2/decision-definitions/evaluation', { decisionDefinitionId: 'rate' }),
  ).toMatchObject({ status: 404 });
});

it('refuses an evaluation of nothing, and of what is not there', async () => {
  expect(await call('POST', '/v2/decision-definitions/evaluation', {})).toMatchObject({ status: 400 });
  expect(
    await call('POST', '/v2/decision-definitions/evaluation', { decisionDefinitionId: 'nowhere' }),
  ).toMatchObject({
    status: 404,
    body: { detail: expect.stringContaining("no decision found for id 'nowhere'") },
  });
  expect((await call('GET', '/v2/decision-instances/12-1')).status).toBe(404);
});

it('shows the form of a task and the form that starts a process', async () => {
  const deployed = await deploy(
    ['ask.form', '{"id": "ask", "components": []}'],
    [
      'asking.bpmn',
      bpmn(
        'asking',
        start().replace(
          ' />',
          '><bpmn:extensionElements><zeebe:formDefinition formId="ask" /></bpmn:extensionElements></bpmn:startEvent>',
        ),
        userTask('t', '<zeebe:formDefinition formId="ask" />'),
        end(),
        path('start', 't', 'end'),
      ),
    ],
  );
  const { processDefinitionKey } = deployed[0].processDefinition;
  const form = { formId: 'ask', version: 1, schema: { id: 'ask', components: [] } };
  expect((await call('GET', `/v2/process-definitions/${processDefinitionKey}/form`)).body).toMatchObject(
    form,
  );
  expect((await call('GET', `/v2/process-definitions/${processDefinitionKey}`)).body.hasStartForm).toBe(true);
  await call('POST', '/v2/process-instances', { processDefinitionId: 'asking' });
  const [task] = (await call('POST', '/v2/user-tasks/search', {})).body.items;
  expect((await call('GET', `/v2/user-tasks/${task.userTaskKey}/form`)).body).toMatchObject(form);
});

it('keeps other resources and gives them back', async () => {
  const [{ resource }] = await deploy(['robot.rpa', '{"id": "robot", "versionTag": "v1"}']);
  expect((await call('GET', `/v2/resources/${resource.resourceKey}`)).body).toMatchObject({
    resourceId: 'robot',
    version: 1,
    versionTag: 'v1',
  });
  expect((await call('GET', `/v2/resources/${resource.resourceKey}/content`)).body).toEqual({
    id: 'robot',
    versionTag: 'v1',
  });
  expect((await call('POST', `/v2/resources/${resource.resourceKey}/deletion`)).status).toBe(204);
  expect((await call('GET', `/v2/resources/${resource.resourceKey}`)).status).toBe(404);
  expect((await call('POST', `/v2/resources/${resource.resourceKey}/deletion`)).status).toBe(404);
});
