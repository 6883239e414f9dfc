import type { Assignment } from '@baton/infra/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { table } from '../../api/index.ts';
import { type ApiClient, apiClient } from '../../test/apiClient.ts';
import { agent, task } from '../../test/bodies.ts';
import { connectLive } from '../../test/liveClient.ts';
import { type Running, startGateway } from '../../test/startGateway.ts';
import { tokenMaker } from '../../test/tokens.ts';
import type { AssignedInstances, InstanceView } from './instances.ts';

let running: Running;
let token: string;
let acme: ApiClient;
let globex: ApiClient;
/** What the instances of this process were told, and what they answer. */
const heard: string[] = [];
let view: InstanceView;
const agentInstances: AssignedInstances = {
  begin: ({ id }: Assignment) => void heard.push(`begin ${id}`),
  view: () => view,
  end: ({ id }: Assignment) => void heard.push(`end ${id}`),
};

const { agents, tasks, assignments } = table;

beforeAll(async () => {
  running = await startGateway({ agentInstances });
  const make = await tokenMaker(running.store, running.gateway.issuer);
  token = await make({ roles: ['designer'], preferred_username: 'designer' });
  acme = apiClient(running.url, token);
  globex = apiClient(running.url, await make({ tenant: 'globex', roles: ['admin'] }));
});
afterAll(() => running.stop());
beforeEach(() => {
  heard.length = 0;
  view = { state: 'idle', running: 0, startedAt: Date.UTC(2026, 2, 1, 9), lastUsedAt: undefined };
});

let count = 0;
/** An agent and a task of their own. */
async function given() {
  count += 1;
  const name = `assigned-${count}`;
  const made = await Promise.all([
    acme(agents.create, { body: { name, content: agent } }),
    acme(tasks.create, { body: { name, content: task } }),
  ]);
  const [{ id: agentId }, { id: taskId, hash }] = [made[0].body, made[1].body];
  return {
    name,
    agentId,
    taskId,
    ofAgent: { id: agentId },
    one: { id: agentId, taskId },
    assign: (version?: number) =>
      acme(assignments.assign, { params: { id: agentId }, body: { task: taskId, version } }),
    saveTask: (description: string, base = hash) =>
      acme(tasks.update, {
        params: { id: taskId },
        body: { content: { ...task, description } },
        headers: { 'if-match': `"${base}"` },
      }),
    list: async () => (await acme(assignments.list, { params: { id: agentId } })).body.items,
  };
}

describe('tasks of an agent', () => {
  it('are assigned at their latest version, with an instance of their own', async () => {
    const { name, taskId, agentId, assign, list } = await given();
    const assigned = await assign();
    const { assignedAt } = assigned.body;
    expect(assigned.status).toBe(201);
    expect(assigned.body).toEqual({
      task: { id: taskId, name, version: 1, latestVersion: 1 },
      instance: {
        id: expect.any(String),
        state: 'idle',
        running: 0,
        startedAt: '2026-03-01T09:00:00.000Z',
        lastUsedAt: null,
      },
      assignedAt,
      assignedBy: 'designer',
    });
    expect(heard).toEqual([`begin ${assigned.body.instance.id}`]);
    expect(await list()).toEqual([assigned.body]);
    expect((await acme(assignments.agents, { params: { id: taskId } })).body.items).toMatchObject([
      { agent: { id: agentId, name }, task: { version: 1 }, assignedBy: 'designer' },
    ]);
  });

  it('are assigned once, of however many who do so at the same moment', async () => {
    const { assign, list, name } = await given();
    const answers = await Promise.all(Array.from({ length: 20 }, () => assign()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.error).toMatchObject({
      error_code: 'ALREADY_EXISTS',
      message: `Expected a task that agent '${name}' does not have, but it has '${name}' already`,
    });
    expect(await list()).toHaveLength(1);
  });

  it('stay at the version they were assigned with, until somebody moves them', async () => {
    const { assign, saveTask, list, one } = await given();
    await assign();
    expect((await saveTask('Second')).status).toBe(200);
    expect(await list()).toMatchObject([{ task: { version: 1, latestVersion: 2 } }]);
    const moved = await acme(assignments.move, { params: one, body: { version: 2 } });
    expect([moved.status, moved.body.task]).toMatchObject([200, { version: 2, latestVersion: 2 }]);
    expect(await list()).toMatchObject([{ task: { version: 2, latestVersion: 2 } }]);
    const back = await acme(assignments.move, { params: one, body: { version: 1 } });
    expect(back.body.task.version).toBe(1);
    const nowhere = await acme(assignments.move, { params: one, body: { version: 9 } });
    expect([nowhere.status, nowhere.error.error_code]).toEqual([404, 'NOT_FOUND']);
  });

  it('can be assigned at an old version, and at none that is not there', async () => {
    const { assign, saveTask } = await given();
    await saveTask('Second');
    expect((await assign(3)).status).toBe(404);
    expect((await assign(1)).body.task).toMatchObject({ version: 1, latestVersion: 2 });
  });

  it('are taken back once, and given again with another instance', async () => {
    const { assign, one, list } = await given();
    const first = (await assign()).body.instance.id;
    expect((await acme(assignments.unassign, { params: one })).status).toBe(204);
    expect(heard).toEqual([`begin ${first}`, `end ${first}`]);
    expect(await list()).toEqual([]);
    expect((await acme(assignments.unassign, { params: one })).error).toMatchObject({
      error_code: 'NOT_FOUND',
      message: expect.stringMatching(/^Expected agent .* to have task .*, but it does not$/),
    });
    expect((await assign()).body.instance.id).not.toBe(first);
  });

  it('go with the agent, and leave the tasks free', async () => {
    const { assign, agentId, taskId, list } = await given();
    const { id } = (await assign()).body.instance;
    const refused = await acme(tasks.delete, { params: { id: taskId } });
    expect([refused.status, refused.error.error_code]).toEqual([409, 'IN_USE']);
    expect((await acme(agents.delete, { params: { id: agentId } })).status).toBe(204);
    expect(heard).toContain(`end ${id}`);
    expect((await running.store.assignments.ofAgent('acme', agentId, { limit: 1, offset: 0 })).total).toBe(0);
    expect((await acme(tasks.delete, { params: { id: taskId } })).status).toBe(204);
    await expect(list()).rejects.toThrow();
  });

  it('never outlive their task, however close its deletion and the assignment are', async () => {
    for (let round = 0; round < 10; round++) {
      const { assign, taskId, list } = await given();
      const [assigned, deleted] = await Promise.all([
        assign(),
        acme(tasks.delete, { params: { id: taskId } }),
      ]);
      const left = (await list()).map(({ task: { latestVersion } }) => latestVersion);
      expect(left).toEqual(assigned.status === 201 ? [1] : []);
      expect(deleted.status === 204 && assigned.status === 201).toBe(false);
    }
  });

  it('are there for those who know them: agent, task and tenant', async () => {
    const { assign, agentId, taskId, one } = await given();
    await assign();
    const asked = [
      await acme(assignments.assign, { params: { id: 'nobody' }, body: { task: taskId } }),
      await acme(assignments.assign, { params: { id: agentId }, body: { task: 'nothing' } }),
      await acme(assignments.list, { params: { id: 'nobody' } }),
      await acme(assignments.agents, { params: { id: 'nothing' } }),
      await globex(assignments.list, { params: { id: agentId } }),
      await globex(assignments.agents, { params: { id: taskId } }),
      await globex(assignments.assign, { params: { id: agentId }, body: { task: taskId } }),
      await globex(assignments.move, { params: one, body: { version: 1 } }),
      await globex(assignments.unassign, { params: one }),
    ];
    expect(asked.map(({ status, error }) => [status, error.error_code])).toEqual(
      asked.map(() => [404, 'NOT_FOUND']),
    );
  });

  it('tell how their instances are', async () => {
    const { assign, list } = await given();
    await assign();
    const at = running.clock.now();
    view = { state: 'running', running: 2, startedAt: at, lastUsedAt: at };
    const when = new Date(at).toISOString();
    expect(await list()).toMatchObject([
      { instance: { state: 'running', running: 2, startedAt: when, lastUsedAt: when } },
    ]);
    view = { state: 'collected', running: 0, startedAt: undefined, lastUsedAt: undefined };
    expect(await list()).toMatchObject([
      { instance: { state: 'collected', running: 0, startedAt: null, lastUsedAt: null } },
    ]);
  });

  it('are told on the topics of agents and tasks, and in the audit', async () => {
    const { assign, agentId, taskId, name, one } = await given();
    const live = await connectLive(running.url, token);
    for (const topic of ['agents', 'tasks']) {
      live.send({ type: 'subscribe', topic });
      expect(await live.next()).toMatchObject({ type: 'subscribed', topic });
    }
    await assign();
    const events = [await live.next(), await live.next()];
    expect(events).toMatchObject(
      [
        { topic: 'agents', data: { change: 'updated', id: agentId, name } },
        { topic: 'tasks', data: { change: 'updated', id: taskId, name } },
      ].map((event) => ({ type: 'event', ...event })),
    );
    await live.close();
    await acme(assignments.unassign, { params: one });
    const { items } = await running.store.audit.list('acme', {}, { limit: 2, offset: 0 });
    expect(items.map(({ action, resource }) => [action, resource.id])).toEqual([
      ['assignments.unassign', agentId],
      ['assignments.assign', agentId],
    ]);
    expect(items[0]!.before).toBe(items[1]!.after);
  });

  it('go with their tenant', async () => {
    const { taskId } = await given();
    await running.store.assignments.create({
      id: 'of-initech',
      tenantId: 'initech',
      agentId: 'a',
      taskId,
      taskVersion: 1,
      assignedAt: new Date(0),
      assignedBy: 'ada',
    });
    const { collections } = await running.store.tenantData.read('initech');
    expect(collections.assignments).toMatchObject([{ id: 'of-initech' }]);
    expect(await running.store.tenantData.erase('initech')).toEqual({ assignments: 1 });
  });
});
