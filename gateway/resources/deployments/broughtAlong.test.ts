import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { decision } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { decisions, deployments, forms, workflows } = table;

let running: Running;
let designer: ApiClient;
let tenant: string;
let tenants = 0;

beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());
beforeEach(async () => {
  tenant = `brought-${tenants++}`;
  await running.store.tenants.create({ id: tenant, name: tenant, at: new Date() });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  designer = apiClient(running.url, await token({ tenant, roles: ['designer'] }));
});

const extension = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const userTask = (id: string, form: string) =>
  `<bpmn:userTask id="${id}" name="Ask ${id}">${extension(`<zeebe:formDefinition ${form} />`)}</bpmn:userTask>`;
const rule = (id: string, called: string) =>
  `<bpmn:businessRuleTask id="${id}" name="Decide">${extension(`<zeebe:calledDecision ${called} resultVariable="r" />`)}</bpmn:businessRuleTask>`;
const model = (inner: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><bpmn:process id="p" isExecutable="true">${inner}</bpmn:process></bpmn:definitions>`;
const formJson = (id: string, more = {}) => JSON.stringify({ id, type: 'default', components: [], ...more });

const saveForm = async (name: string, json: string) =>
  (await designer(forms.create, { body: { name, content: { json } } })).body;
async function deploy(inner: string) {
  const { body } = await designer(workflows.createWorkflow, { body: { name: 'Flow', xml: model(inner) } });
  return designer(deployments.createDeployment, { body: { workflowId: body.id } });
}
const problemsOf = async (inner: string) =>
  (await designer(workflows.validateWorkflow, { body: { xml: model(inner) } })).body.problems;
const sent = () =>
  running.engine.received.flatMap(({ command, args }) =>
    command === 'deploy' && args[0] === tenant
      ? (args[1] as { name: string; content: string }[]).map(({ name, content }) => [name, content])
      : [],
  );

describe('a deployment', () => {
  it('takes along the forms and decisions that its elements name, each once, as they were published last', async () => {
    const first = await saveForm('Approve a refund', formJson('approve'));
    const { body: newer } = await designer(forms.update, {
      params: { id: first.id },
      headers: { 'if-match': first.hash },
      body: { content: { json: formJson('approve', { schemaVersion: 16 }) } },
    });
    await designer(forms.saveDraft, {
      params: { id: first.id },
      headers: { 'if-match': newer.hash },
      body: { base: 2, content: { json: '{' } },
    });
    await saveForm('Not named', formJson('other'));
    const { body: dmn } = await designer(decisions.create, {
      body: { name: 'Discounts', content: decision },
    });

    const xml =
      userTask('a', 'formId="approve"') +
      userTask('b', 'formId="approve" bindingType="deployment"') +
      rule('c', 'decisionId="discount"');
    const deployed = await deploy(xml);

    expect(sent()).toEqual([
      ['Flow.bpmn', model(xml)],
      ['Approve a refund.form', formJson('approve', { schemaVersion: 16 })],
      ['Discounts.dmn', decision.xml],
    ]);
    const documents = [
      { kind: 'form', id: first.id, name: 'Approve a refund', version: 2 },
      { kind: 'decision', id: dmn.id, name: 'Discounts', version: 1 },
    ];
    expect([deployed.status, deployed.body.documents]).toEqual([201, documents]);
    expect((await designer(deployments.listDeployments)).body.items[0]?.documents).toEqual(documents);
  });

  it('goes without what is missing, which is a problem of its element', async () => {
    const inner = userTask('a', 'formId="gone"') + rule('b', 'decisionId="gone"');
    expect(await problemsOf(inner)).toMatchObject([
      { severity: 'warning', code: 'REFERENCE_MISSING', elementId: 'a', elementName: 'Ask a' },
      {
        severity: 'warning',
        elementId: 'b',
        message: expect.stringContaining("a decision with the id 'gone'"),
      },
    ]);
    expect((await deploy(inner)).status).toBe(201);
  });

  it('is refused when what it is bound to is missing', async () => {
    const refused = await deploy(userTask('a', 'formId="gone" bindingType="deployment"'));
    expect([refused.status, refused.error.message]).toEqual([
      422,
      "Expected 'Flow' to be ready to run, but it has a problem: Expected a form with the id 'gone' to be deployed with it, but there is none",
    ]);
    expect(sent()).toEqual([]);
  });

  it('says of a version tag that the latest version does not have', async () => {
    await saveForm('Approve', formJson('approve', { versionTag: 'v2' }));
    const tagged = (tag: string) =>
      problemsOf(userTask('a', `formId="approve" bindingType="versionTag" versionTag="${tag}"`));
    expect(await tagged('v2')).toEqual([]);
    expect(await tagged('v1')).toMatchObject([
      { code: 'VERSION_TAG_MISSING', message: expect.stringContaining("has 'v2'") },
    ]);
  });

  it('leaves alone what an expression or another system names', async () => {
    const inner = userTask('a', 'formId="=form"') + userTask('b', 'formKey="elsewhere"');
    expect(await problemsOf(inner)).toEqual([]);
  });
});

it('keeps a form from being deleted while a workflow names it', async () => {
  const form = await saveForm('Approve', formJson('approve'));
  const { body: workflow } = await designer(workflows.createWorkflow, {
    body: { name: 'Refund', xml: model(userTask('a', 'formId="approve"')) },
  });
  const params = { id: form.id };
  expect((await designer(forms.delete, { params })).error).toMatchObject({
    error_code: 'IN_USE',
    message: "Expected a form that nothing uses, but 'approve' is used by workflow 'Refund'",
    details: { usedBy: [{ kind: 'workflow', id: workflow.id, name: 'Refund' }] },
  });
  await designer(workflows.deleteWorkflow, { params: { id: workflow.id } });
  expect((await designer(forms.delete, { params })).status).toBe(204);
});
