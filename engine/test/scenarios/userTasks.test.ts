import { commands } from '@baton/engine/broker';
import { describe, expect, it } from 'vitest';
import { bpmn, end, jobUserTask, path, start, timerBoundary, userTask } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

const approval = (task: string) => bpmn('approval', start(), task, end(), path('start', 'approve', 'end'));

async function running(task: string, variables = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(approval(task));
  await scenario.started('approval', variables);
  return scenario;
}

const taskKey = (scenario: Scenario) => scenario.events('USER_TASK', 'CREATED')[0]!.key;
const trace = (scenario: Scenario) =>
  scenario.events('USER_TASK').map(({ intent, value }) => `${intent} ${value.assignee}`.trim());

describe('a user task', () => {
  it('is made with what the model says', async () => {
    const scenario = await running(
      userTask(
        'approve',
        '<zeebe:assignmentDefinition assignee="=clerk" candidateGroups="sales, support" /><zeebe:priorityDefinition priority="70" /><zeebe:taskSchedule dueDate="2026-01-01T00:00:00Z" />',
      ),
      { clerk: 'ann' },
    );
    expect(scenario.events('USER_TASK').at(-1)!.value).toMatchObject({
      assignee: 'ann',
      candidateGroups: ['sales', 'support'],
      priority: 70,
      dueDate: '2026-01-01T00:00Z',
      elementId: 'approve',
    });
    expect(trace(scenario)).toEqual(['CREATING ann', 'CREATED', 'ASSIGNING ann', 'ASSIGNED ann']);
  });

  it('is assigned, taken back and completed', async () => {
    const scenario = await running(userTask('approve'));
    const key = taskKey(scenario);
    accepted(await scenario.execute(commands.assignUserTask(key, 'bob', 'assign')));
    accepted(await scenario.execute(commands.assignUserTask(key, '', 'unassign')));
    accepted(await scenario.execute(commands.completeUserTask(key, { approved: true }, 'complete')));

    expect(trace(scenario)).toEqual([
      'CREATING',
      'CREATED',
      'ASSIGNING bob',
      'ASSIGNED bob',
      'ASSIGNING',
      'ASSIGNED',
      'COMPLETING',
      'COMPLETED',
    ]);
    expect(scenario.variables()).toEqual({ approval: { approved: true } });
    expect(scenario.completed).toEqual(['start', 'approve', 'end', 'approval']);
    expect(await scenario.execute(commands.completeUserTask(key, {}, ''))).toEqual({
      ok: false,
      failure: {
        type: 'NOT_FOUND',
        reason: `Expected to complete user task with key '${key}', but no such user task was found`,
      },
    });
  });

  it('is claimed by one person only', async () => {
    const scenario = await running(userTask('approve'));
    const key = taskKey(scenario);
    const claim = (assignee: string) => {
      const asked = commands.assignUserTask(key, assignee, 'claim');
      return scenario.execute({ ...asked, intent: 'CLAIM' });
    };
    accepted(await claim('ann'));
    accepted(await claim('ann'));
    expect(await claim('bob')).toEqual({
      ok: false,
      failure: {
        type: 'INVALID_STATE',
        reason: `Expected to claim user task with key '${key}', but it has already been assigned`,
      },
    });
  });

  it('changes the attributes that an update names', async () => {
    const scenario = await running(userTask('approve'));
    const asked = commands.assignUserTask(taskKey(scenario), '', 'update');
    accepted(
      await scenario.execute({
        ...asked,
        intent: 'UPDATE',
        value: { ...asked.value, priority: 80, dueDate: 'ignored', changedAttributes: ['priority'] },
      }),
    );
    expect(scenario.events('USER_TASK', 'UPDATED')[0]!.value).toMatchObject({
      priority: 80,
      dueDate: '',
      changedAttributes: ['priority'],
    });
  });

  it('is cancelled with its instance', async () => {
    const scenario = await running(userTask('approve'));
    const instance = scenario.events('USER_TASK')[0]!.value.processInstanceKey;
    await scenario.execute(commands.cancelInstance(instance));
    expect(trace(scenario)).toEqual(['CREATING', 'CREATED', 'CANCELING', 'CANCELED']);
    expect(scenario.terminated).toEqual(['approve', 'approval']);
  });

  it('is escalated by a timer', async () => {
    const scenario = await running(
      userTask('approve') + timerBoundary('late', 'approve', { duration: 'PT1H' }) + path('late', 'end'),
    );
    await scenario.wait(3_600_000);
    expect(trace(scenario)).toEqual(['CREATING', 'CREATED', 'CANCELING', 'CANCELED']);
    expect(scenario.completed).toEqual(['start', 'late', 'end', 'approval']);
  });
});

it('the older form is a job with the properties in its headers', async () => {
  const scenario = await running(
    jobUserTask(
      'approve',
      '<zeebe:assignmentDefinition assignee="ann" candidateGroups="=[&#34;sales&#34;]" />',
    ),
  );
  const job = await scenario.job('io.camunda.zeebe:userTask');
  expect(job).toMatchObject({
    retries: 1,
    customHeaders: {
      'io.camunda.zeebe:assignee': 'ann',
      'io.camunda.zeebe:candidateGroups': '["sales"]',
    },
  });
  accepted(await scenario.execute(commands.completeJob(job.key, {})));
  expect(scenario.completed).toContain('approval');
});
