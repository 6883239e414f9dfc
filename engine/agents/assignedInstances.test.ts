import { describe, expect, test } from 'vitest';
import { type AssignmentCatalog, createAssignedInstances } from './assignedInstances.ts';
import type { TaskDefinition, Versioned } from './definitions.ts';

const IDLE = 1_000;
const job = { tenantId: 'acme', agent: 'triage', task: 'classify' };

/** Agent `triage` has task `classify`, by assignment `first` at version 1 of 3. */
function setUp() {
  const scheduled: (() => void)[] = [];
  const reads: string[] = [];
  const state = { key: 'first' as string | undefined, version: 1, failing: false };
  const assignments: AssignmentCatalog = {
    async find(tenantId, agent, task) {
      const fits = tenantId === job.tenantId && agent === job.agent && task === job.task;
      return fits && state.key ? { key: state.key, taskVersion: state.version } : undefined;
    },
    version: async (key) => (key === state.key ? state.version : undefined),
    async task(key, version) {
      reads.push(`${key} ${version}`);
      if (state.failing) throw new Error('the store is away');
      const definition: TaskDefinition = {
        name: 'classify',
        requestSchema: {},
        responseSchema: { const: version },
      };
      return version <= 3 ? { definition, version } : undefined;
    },
  };
  const instances = createAssignedInstances({
    assignments,
    idleAfter: IDLE,
    now: () => 0,
    schedule(_ms, call) {
      scheduled.push(call);
      return () => void scheduled.splice(scheduled.indexOf(call), 1);
    },
  });
  return { instances, state, reads, passIdle: () => [...scheduled].forEach((call) => void call()) };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A job that is at work until it is let go, and then says which version of its task it had. */
function held() {
  let release!: () => void;
  const go = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    release,
    work: async (task: Versioned<TaskDefinition>) => {
      await go;
      return task.version;
    },
  };
}
const versionOf = async (task: Versioned<TaskDefinition>) => task.version;

describe('jobs of an agent with a task it is assigned', () => {
  test('run in one instance, whose contract is read once', async () => {
    const { instances, reads } = setUp();
    instances.begin('first');
    const ran = await Promise.all(Array.from({ length: 100 }, () => instances.run(job, versionOf)));
    expect(ran).toEqual(Array.from({ length: 100 }, () => ({ value: 1 })));
    expect(reads).toEqual(['first 1']);
    expect(instances.state('first')).toMatchObject({ state: 'idle', running: 0 });
  });

  test('keep the version they began with when the assignment is moved, and later ones have the new', async () => {
    const { instances, state } = setUp();
    const { work, release } = held();
    const running = instances.run(job, work);
    await settled();
    state.version = 2;
    expect(await instances.run(job, versionOf)).toEqual({ value: 2 });
    expect(instances.state('first')).toMatchObject({ state: 'running', running: 1 });
    release();
    expect(await running).toEqual({ value: 1 });
  });

  test('go on with the version they began with after a crash', async () => {
    const { instances, state } = setUp();
    state.version = 2;
    expect(await instances.run({ ...job, taskVersion: 1 }, versionOf)).toEqual({ value: 1 });
  });

  test('end as they began when the assignment is taken back, and later ones have none', async () => {
    const { instances, state } = setUp();
    const { work, release } = held();
    const running = instances.run(job, work);
    await settled();
    state.key = undefined;
    instances.end('first');
    expect(await instances.run(job, versionOf)).toBeUndefined();
    release();
    expect(await running).toEqual({ value: 1 });
    expect(instances.state('first').state).toBe('collected');
  });

  test('that found their assignment just before it was taken back do not begin in it', async () => {
    const { instances } = setUp();
    const { work, release } = held();
    const running = instances.run(job, work);
    await settled();
    instances.end('first');
    expect(await instances.run(job, versionOf)).toBeUndefined();
    release();
    expect(await running).toEqual({ value: 1 });
  });

  test('find a new instance after the task was assigned again', async () => {
    const { instances, state, reads } = setUp();
    await instances.run(job, versionOf);
    instances.end('first');
    state.key = 'second';
    expect(await instances.run(job, versionOf)).toEqual({ value: 1 });
    expect(reads).toEqual(['first 1', 'second 1']);
  });

  test('make their instance again after it was collected', async () => {
    const { instances, reads, passIdle } = setUp();
    await instances.run(job, versionOf);
    passIdle();
    expect(instances.state('first').state).toBe('collected');
    expect(await instances.run(job, versionOf)).toEqual({ value: 1 });
    expect(reads).toEqual(['first 1', 'first 1']);
  });

  test('fail while the store is away, and are none the worse for it afterwards', async () => {
    const { instances, state } = setUp();
    state.failing = true;
    instances.begin('first');
    await expect(instances.run(job, versionOf)).rejects.toThrow('the store is away');
    state.failing = false;
    expect(await instances.run(job, versionOf)).toEqual({ value: 1 });
  });

  test('are not those of another task, agent or tenant', async () => {
    const { instances } = setUp();
    for (const other of [{ task: 'x' }, { agent: 'x' }, { tenantId: 'x' }])
      expect(await instances.run({ ...job, ...other }, versionOf)).toBeUndefined();
  });
});
