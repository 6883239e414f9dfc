import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, policy, task, tool } from '../../test/bodies.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';

const { agents, prompts, tools, tasks, policies, workflows, renaming } = table;

let running: Running;
let acme: ApiClient;
let viewer: ApiClient;

beforeAll(async () => {
  running = await startGateway();
  const token = await tokenMaker(running.store, running.gateway.issuer);
  acme = apiClient(running.url, await token({ roles: ['admin'] }));
  viewer = apiClient(running.url, await token({ roles: ['viewer'] }));
});
afterAll(() => running.stop());

const process = (id: string, headers: Record<string, string>) =>
  `<?xml version="1.0"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
  <bpmn:process id="${id}" isExecutable="true">
    <!-- <zeebe:header key="agent" value="sorter" /> -->
    <bpmn:serviceTask id="ask" name="Ask">
      <bpmn:extensionElements>
        <zeebe:taskDefinition type="agent" />
        <zeebe:taskHeaders>
${Object.entries(headers)
  .map(([key, value]) => `          <zeebe:header key="${key}" value="${value}" />`)
  .join('\n')}
        </zeebe:taskHeaders>
      </bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:serviceTask id="other"><bpmn:extensionElements><zeebe:taskHeaders><zeebe:header key="agent" value="sorter" /></zeebe:taskHeaders></bpmn:extensionElements></bpmn:serviceTask>
  </bpmn:process>
</bpmn:definitions>`;

describe('renaming a document', () => {
  it('changes everything that names it, each with one new version', async () => {
    const made = await acme(prompts.create, { body: { name: 'tone', content: { text: 'Kindly.' } } });
    await acme(prompts.create, { body: { name: 'toner', content: { text: 'Other.' } } });
    const house = await acme(prompts.create, {
      body: { name: 'house', content: { text: 'First\n{{> tone}} and {{> toner}}' } },
    });
    const used = await acme(agents.create, {
      body: { name: 'greeter', content: { ...agent, systemPrompt: 'Say it {{> tone }}.' } },
    });
    const params = { kind: 'prompt', id: made.body.id } as const;

    const found = await acme(renaming.references, { params });
    const planned = await acme(renaming.rename, { params, body: { name: 'manner', dryRun: true } });
    const done = await acme(renaming.rename, { params, body: { name: 'manner' } });

    expect(
      found.body.items.map(({ kind, name, places }) => [kind, name, places.map(({ line }) => line)]),
    ).toEqual([
      ['agent', 'greeter', [1]],
      ['prompt', 'house', [2]],
    ]);
    expect(planned.body.changes.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['greeter', 'planned'],
      ['house', 'planned'],
    ]);
    expect(done.body.changes.map(({ name, outcome, newVersion }) => [name, outcome, newVersion])).toEqual([
      ['greeter', 'changed', 2],
      ['house', 'changed', 2],
    ]);
    expect((await acme(prompts.get, { params: { id: house.body.id } })).body.content.text).toBe(
      'First\n{{> manner}} and {{> toner}}',
    );
    expect((await acme(agents.get, { params: { id: used.body.id } })).body.content.systemPrompt).toBe(
      'Say it {{> manner }}.',
    );
    expect((await acme(prompts.get, { params: { id: made.body.id } })).body).toMatchObject({
      name: 'manner',
      version: 2,
    });
    // What names it is known under its new name: it cannot be deleted.
    expect((await acme(prompts.delete, { params: { id: made.body.id } })).status).toBe(409);
  });

  it('changes tools, tasks and policies in agents, and agents in processes byte by byte', async () => {
    const ids = {
      tool: (await acme(tools.create, { body: { name: 'find', content: tool } })).body.id,
      task: (await acme(tasks.create, { body: { name: 'sorted', content: task } })).body.id,
      policy: (await acme(policies.create, { body: { name: 'rules', content: policy } })).body.id,
      agent: '',
    };
    const content = { ...agent, tools: ['find'], response: 'sorted', guardrails: 'rules' };
    ids.agent = (await acme(agents.create, { body: { name: 'sorter', content } })).body.id;
    const xml = process('sort', { agent: 'sorter@live', task: 'sorted' });
    const flow = await acme(workflows.createWorkflow, { body: { name: 'Sort', xml } });

    for (const [kind, name] of [
      ['tool', 'look-up'],
      ['task', 'classified'],
      ['policy', 'law'],
      ['agent', 'classifier'],
    ] as const) {
      const done = await acme(renaming.rename, { params: { kind, id: ids[kind] }, body: { name } });
      expect([kind, done.status]).toEqual([kind, 200]);
    }

    expect((await acme(agents.get, { params: { id: ids.agent } })).body.content).toMatchObject({
      tools: ['look-up'],
      response: 'classified',
      guardrails: 'law',
    });
    expect((await acme(workflows.getWorkflow, { params: { id: flow.body.id } })).body.xml).toBe(
      process('sort', { agent: 'classifier@live', task: 'classified' }),
    );
  });

  it('takes drafts along', async () => {
    const made = await acme(prompts.create, { body: { name: 'draft-tone', content: { text: 'Kindly.' } } });
    const user = await acme(agents.create, {
      body: { name: 'drafted', content: { ...agent, systemPrompt: '{{> draft-tone}}' } },
    });
    const { id } = user.body;
    await acme(agents.saveDraft, {
      params: { id },
      headers: { 'if-match': `"${user.body.hash}"` },
      body: { base: 1, content: { ...agent, systemPrompt: 'New: {{> draft-tone}}' } },
    });

    await acme(renaming.rename, {
      params: { kind: 'prompt', id: made.body.id },
      body: { name: 'draft-manner' },
    });

    const draft = await acme(agents.getDraft, { params: { id } });
    expect(draft.body).toMatchObject({ base: 2, content: { systemPrompt: 'New: {{> draft-manner}}' } });
    const published = await acme(agents.publish, {
      params: { id },
      headers: { 'if-match': `"${draft.body.hash}"` },
      body: {},
    });
    expect([published.status, published.body.version]).toEqual([200, 3]);
  });

  it('is refused where the name is taken or no name, and to whoever may not write', async () => {
    const one = await acme(prompts.create, { body: { name: 'one', content: { text: 'One.' } } });
    await acme(prompts.create, { body: { name: 'two', content: { text: 'Two.' } } });
    const params = { kind: 'prompt', id: one.body.id } as const;

    expect((await acme(renaming.rename, { params, body: { name: 'two' } })).status).toBe(409);
    expect((await acme(renaming.rename, { params, body: { name: 'No name' } })).status).toBe(400);
    expect((await viewer(renaming.rename, { params, body: { name: 'three' } })).status).toBe(403);
    expect(
      (await acme(renaming.rename, { params: { kind: 'prompt', id: 'gone' }, body: { name: 'a' } })).status,
    ).toBe(404);
  });
});
