import { afterAll, beforeAll, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

let running: Running;
let designer: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  await running.store.tenants.create({ id: 'names', name: 'names', at: new Date() });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  designer = apiClient(running.url, await token({ tenant: 'names' }));
  const saved = { content: agent, author: '', message: '', at: new Date() };
  await running.store.resources.create('names', 'agent', 'names-triage', { name: 'triage', ...saved });
  await running.store.resources.create('other', 'agent', 'other-sorter', { name: 'sorter', ...saved });
});
afterAll(() => running.stop());

const extension = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const call = (id: string) =>
  `<bpmn:callActivity id="call-${id}" name="Call ${id}">${extension(`<zeebe:calledElement processId="${id}" />`)}</bpmn:callActivity>`;
const job = (type: 'agent' | 'tool', id: string, headers: { [key: string]: string }) =>
  `<bpmn:serviceTask id="${id}" name="Ask">${extension(
    `<zeebe:taskDefinition type="${type}" /><zeebe:taskHeaders>${Object.entries(headers)
      .map(([key, value]) => `<zeebe:header key="${key}" value="${value}" />`)
      .join('')}</zeebe:taskHeaders>`,
  )}</bpmn:serviceTask>`;
const process = (id: string, inner: string) =>
  `<bpmn:process id="${id}" isExecutable="true">${inner}</bpmn:process>`;
const definitions = (inner: string) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">${inner}</bpmn:definitions>`;

async function toldOf(inner: string) {
  const { body } = await designer(table.workflows.validateWorkflow, { body: { xml: definitions(inner) } });
  return body.problems.map(({ severity, message, elementId }) => ({ severity, message, elementId }));
}
const warning = (elementId: string, message: string) => ({ severity: 'warning', elementId, message });

it('a workflow is told which agents, tasks, tools and processes it names are not there, at the elements that name them', async () => {
  const told = await toldOf(
    process(
      'front',
      job('agent', 'sort', { agent: 'sorter', task: 'classify' }) +
        job('agent', 'third', { agent: 'triage@3' }) +
        job('tool', 'look', { tool: 'lookup' }) +
        job('tool', 'fetch', { tool: 'github.create_issue' }) +
        call('back'),
    ),
  );
  expect(told).toEqual([
    warning('sort', "Expected an agent 'sorter', but there is none; runs stop here"),
    warning('sort', "Expected a task 'classify', but there is none; runs stop here"),
    warning('third', "Expected an agent 'triage@3', but there is none; runs stop here"),
    warning('look', "Expected a tool 'lookup', but there is none; runs stop here"),
    warning('fetch', "Expected a tool 'github.create_issue', but there is none; runs stop here"),
    warning('call-back', "Expected a process 'back', but there is none; runs stop here"),
  ]);
});

it('nothing is said of what is there, beside it in the document, or only known when it runs', async () => {
  await designer(table.workflows.createWorkflow, {
    body: { name: 'saved', xml: definitions(process('saved', '')) },
  });
  const told = await toldOf(
    process(
      'front',
      job('agent', 'sort', { agent: 'triage' }) +
        job('agent', 'later', { agent: '=chosen' }) +
        call('back') +
        call('saved') +
        call('=chosen'),
    ) + process('back', ''),
  );
  expect(told).toEqual([]);
});
