import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import { createCycles } from './cycles.ts';

let running: Running;
let designer: ApiClient;
let tenant: string;
let tenants = 0;

beforeAll(async () => {
  running = await startGateway();
});
afterAll(() => running.stop());
beforeEach(async () => {
  tenant = `cycles-${tenants++}`;
  await running.store.tenants.create({ id: tenant, name: tenant, at: new Date() });
  const token = await tokenMaker(running.store, running.gateway.issuer);
  designer = apiClient(running.url, await token({ tenant }));
});

const extension = (inner: string) => `<bpmn:extensionElements>${inner}</bpmn:extensionElements>`;
const call = (id: string) =>
  `<bpmn:callActivity id="call-${id}" name="Call ${id}">${extension(`<zeebe:calledElement processId="${id}" />`)}</bpmn:callActivity>`;
const job = (type: 'agent' | 'tool', name: string) =>
  `<bpmn:serviceTask id="${type}-task" name="Ask">${extension(
    `<zeebe:taskDefinition type="${type}" /><zeebe:taskHeaders><zeebe:header key="${type}" value="${name}" /></zeebe:taskHeaders>`,
  )}</bpmn:serviceTask>`;
const processes = (all: { [id: string]: string }) =>
  `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">${Object.entries(
    all,
  )
    .map(([id, inner]) => `<bpmn:process id="${id}" isExecutable="true">${inner}</bpmn:process>`)
    .join('')}</bpmn:definitions>`;

async function save(id: string, inner: string) {
  const xml = processes({ [id]: inner });
  return (await designer(table.workflows.createWorkflow, { body: { name: id, xml } })).body;
}
const deploy = (workflowId: string) => designer(table.deployments.createDeployment, { body: { workflowId } });
const circular = ({ code }: { code: string }) => code === 'bpmn/circular-reference';
async function problemsOf(all: { [id: string]: string }) {
  const { body } = await designer(table.workflows.validateWorkflow, { body: { xml: processes(all) } });
  return body.problems.filter(circular);
}
const saveAgent = (name: string, tools: string[]) =>
  running.store.resources.create(tenant, 'agent', `${tenant}-${name}`, {
    name,
    content: { ...agent, tools },
    author: '',
    message: '',
    at: new Date(),
  });
const connectMcp = (name: string, url: string) =>
  running.store.mcpServers.create(tenant, `${tenant}-${name}`, {
    name,
    description: '',
    transport: { kind: 'http', url },
    auth: { kind: 'none' },
    timeout: 1_000,
    enabled: true,
    by: '',
    at: new Date(),
  });

describe('a workflow that leads back to itself', () => {
  it('over a process it calls is not deployed, and the whole way is named', async () => {
    await save('billing', call('mail'));
    await save('mail', call('invoice'));
    const invoice = await save('invoice', call('billing'));
    const refused = await deploy(invoice.id);

    const way =
      "Expected 'invoice' not to lead back to itself, but it does: 'invoice' → 'billing' → 'mail' → 'invoice'";
    expect([refused.status, refused.error]).toMatchObject([
      422,
      {
        error_code: 'DEPLOYMENT_REJECTED',
        message: expect.stringContaining(way),
        details: {
          problems: [
            {
              severity: 'error',
              code: 'bpmn/circular-reference',
              message: way,
              elementId: 'call-billing',
              elementName: 'Call billing',
            },
          ],
        },
      },
    ]);
    expect(running.engine.received.filter(({ args }) => args[0] === tenant)).toEqual([]);
  });

  it('over an agent whose tool is the process itself is not deployed; the editor is told while it is drawn', async () => {
    await connectMcp('own', `${running.url}/mcp`);
    await saveAgent('triage', ['own.process_invoice']);
    const invoice = await save('invoice', job('agent', 'triage@1'));
    const refused = await deploy(invoice.id);

    const way =
      "Expected 'invoice' not to lead back to itself, but it does: 'invoice' → agent 'triage' → tool 'own.process_invoice' → 'invoice'";
    expect([refused.status, refused.error.message]).toEqual([422, expect.stringContaining(way)]);
    expect(await problemsOf({ invoice: job('agent', 'triage') })).toMatchObject([
      { message: way, elementId: 'agent-task', elementName: 'Ask' },
    ]);
    expect(await problemsOf({ other: job('agent', 'triage') })).toEqual([]);
  });

  it('by itself, or over another process of the same document, is told at each element it leads over', async () => {
    expect(await problemsOf({ again: call('again') })).toMatchObject([
      { message: expect.stringContaining("'again' → 'again'") },
    ]);
    const both = await problemsOf({ one: call('two'), two: call('one') });
    expect(both.map(({ message }) => message.split(': ')[1])).toEqual([
      "'one' → 'two' → 'one'",
      "'two' → 'one' → 'two'",
    ]);
    expect(await problemsOf({ one: call('two'), two: '' })).toEqual([]);
  });
});

describe('a workflow that does not lead back to itself', () => {
  it('is deployed, however others go in circles and however often it calls the same', async () => {
    await save('loop', call('loop'));
    await save('leaf', job('tool', 'lookup'));
    const fine = await save('fine', call('loop') + call('leaf') + call('missing') + job('agent', 'nobody'));
    expect((await deploy(fine.id)).status).toBe(201);
  });

  it('is held against what is deployed of others, not against what is only being drawn', async () => {
    const helper = await save('helper', '');
    expect((await deploy(helper.id)).status).toBe(201);
    const changed = await designer(table.workflows.updateWorkflow, {
      params: { id: helper.id },
      headers: { 'if-match': '*' },
      body: { xml: processes({ helper: call('main') }) },
    });
    expect(changed.status).toBe(200);
    const main = await save('main', call('helper'));

    expect((await deploy(main.id)).status).toBe(201);
    const refused = await deploy(helper.id);
    expect(refused.error.message).toContain("'helper' → 'main' → 'helper'");
  });

  it('is of one tenant; a tool of another server is not the tenant’s own process', async () => {
    await connectMcp('elsewhere', 'https://mcp.example/mcp');
    await saveAgent('caller', ['elsewhere.process_invoice']);
    expect(await problemsOf({ invoice: job('agent', 'caller') })).toEqual([]);
    await save('back', call('front'));
    const other = await tokenMaker(running.store, running.gateway.issuer);
    const globex = apiClient(running.url, await other({ tenant: 'globex', roles: ['admin'] }));
    const xml = processes({ front: call('back') });
    const told = await globex(table.workflows.validateWorkflow, { body: { xml } });
    expect(told.body.problems.filter(circular)).toEqual([]);
    expect(await problemsOf({ front: call('back') })).toHaveLength(1);
  });
});

it('finds a way back exactly where there is one', async () => {
  const graph = fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(graph, async (calls) => {
      const xmlOf = (n: number) => processes({ [`p${n}`]: calls[n]!.map((m) => call(`p${m}`)).join('') });
      const items = calls.map((_, n) => ({ id: `w${n}`, version: 1, content: { xml: xmlOf(n) } }));
      const cycles = createCycles({
        resources: {
          list: async () => ({ items, total: items.length }) as never,
          get: async () => undefined,
          getByName: async () => undefined,
        },
        deployments: { latest: async () => new Map() },
        servers: { getByName: async () => undefined },
        isOwnMcp: () => false,
      });
      const reach = calls.map((next) => new Set(next));
      for (let grew = true; grew; ) {
        grew = false;
        for (const from of reach)
          for (const to of [...from])
            for (const further of reach[to]!) {
              if (from.has(further)) continue;
              from.add(further);
              grew = true;
            }
      }
      for (const [n] of calls.entries()) {
        const found = await cycles.problems('t', xmlOf(n));
        const expected = calls[n]!.filter((m) => m === n || reach[m]!.has(n));
        expect(found.map(({ elementId }) => elementId)).toEqual(expected.map((m) => `call-p${m}`));
      }
    }),
    { numRuns: 100 },
  );
});
