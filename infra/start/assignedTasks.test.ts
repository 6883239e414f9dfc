import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAssignedInstances } from '@baton/engine/agents';
import { type Assignment, type DocumentStore, openDocumentStore } from '@baton/infra/store';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assignmentCatalog, instancesOfAssignments } from './assignedTasks.ts';

let folder: string;
let store: DocumentStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-assigned-'));
  store = await openDocumentStore({ uri: undefined, dataDirectory: folder, now: () => new Date(0) });
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const saving = (name: string, content: unknown) => ({
  name,
  content,
  author: 'ada',
  message: '',
  at: new Date(0),
});
const contract = (version: number) => ({ requestSchema: {}, responseSchema: { const: version } });

test('a job finds its assignment by the names it carries, at its version, in the instance the gateway shows', async () => {
  const assignment: Assignment = {
    id: 'first',
    tenantId: 'acme',
    agentId: 'a/1',
    taskId: 't1',
    taskVersion: 1,
    assignedAt: new Date(0),
    assignedBy: 'ada',
  };
  await store.resources.create('acme', 'agent', 'a/1', saving('triage', {}));
  const first = await store.resources.create('acme', 'task', 't1', saving('classify', contract(1)));
  await store.assignments.create(assignment);
  await store.resources.update(
    'acme',
    'task',
    't1',
    first.ok ? first.value.hash : '',
    saving('classify', contract(2)),
  );

  const instances = createAssignedInstances({
    assignments: assignmentCatalog(store),
    idleAfter: 1_000,
    now: () => 0,
    schedule: () => () => {},
  });
  const ofGateway = instancesOfAssignments(instances);
  const job = { tenantId: 'acme', agent: 'triage', task: 'classify' };
  const run = () => instances.run(job, async (task) => ({ task, view: ofGateway.view(assignment) }));

  expect(ofGateway.view(assignment).state).toBe('collected');
  expect(await run()).toEqual({
    value: {
      task: { definition: { ...contract(1), name: 'classify' }, version: 1 },
      view: { state: 'running', running: 1, startedAt: 0, lastUsedAt: 0 },
    },
  });
  expect(ofGateway.view(assignment).state).toBe('idle');

  await store.assignments.move('acme', 'a/1', 't1', 2);
  expect(await run()).toMatchObject({ value: { task: { version: 2 } } });

  await store.assignments.delete('acme', 'a/1', 't1');
  ofGateway.end(assignment);
  expect(await run()).toBeUndefined();
  expect(await instances.run({ ...job, tenantId: 'globex' }, async () => 1)).toBeUndefined();
});
