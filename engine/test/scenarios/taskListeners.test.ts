import { commands } from '@baton/engine/broker';
import type { JobResult, JsonObject } from '@baton/engine/protocol';
import { describe, expect, it } from 'vitest';
import { bpmn, end, path, start, timerBoundary, userTask } from '../bpmn.ts';
import { accepted, Scenario } from '../scenario.ts';

/** `event:type` pairs. */
const listened = (listeners: readonly string[], more = '') => {
  const all = listeners.map((one) => {
    const [eventType, type] = one.split(':');
    return `<zeebe:taskListener eventType="${eventType}" type="${type}" />`;
  });
  return userTask('approve', `<zeebe:taskListeners>${all.join('')}</zeebe:taskListeners>${more}`);
};
const forAnn = '<zeebe:assignmentDefinition assignee="ann" />';

async function running(task: string, variables: JsonObject = {}): Promise<Scenario> {
  const scenario = await Scenario.begin();
  await scenario.deploy(bpmn('approval', start(), task, end(), path('start', 'approve', 'end')));
  await scenario.started('approval', variables);
  return scenario;
}

const taskKey = (scenario: Scenario) => scenario.events('USER_TASK', 'CREATING')[0]!.key;
const trace = (scenario: Scenario) =>
  scenario.events('USER_TASK').map(({ intent, value }) => `${intent} ${value.assignee}`.trim());
const answer = async (scenario: Scenario, type: string, result: Partial<JobResult>) =>
  scenario.execute(
    commands.completeJob((await scenario.job(type)).key, {}, { type: 'USER_TASK', ...result }),
  );
const corrections = {
  assignee: '',
  candidateGroupsList: [],
  candidateUsersList: [],
  dueDate: '',
  followUpDate: '',
  priority: -1,
};

describe('listeners of a user task', () => {
  it('come before it is there, as modelled, and before it is assigned', async () => {
    const scenario = await running(
      listened(['creating:first', 'creating:second', 'assigning:third'], forAnn),
    );
    expect(trace(scenario)).toEqual(['CREATING ann']);
    const refused = await scenario.execute(commands.completeUserTask(taskKey(scenario), {}, ''));
    expect(refused).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: `Expected to complete user task with key '${taskKey(scenario)}', but it is in state 'CREATING'`,
      },
    });
    const { kind, listenerEventType, customHeaders, key } = await scenario.job('first');
    expect({ kind, listenerEventType, customHeaders }).toEqual({
      kind: 'TASK_LISTENER',
      listenerEventType: 'CREATING',
      customHeaders: {
        'io.camunda.zeebe:assignee': 'ann',
        'io.camunda.zeebe:priority': '50',
        'io.camunda.zeebe:userTaskKey': `${taskKey(scenario)}`,
      },
    });
    accepted(await scenario.execute(commands.completeJob(key, {})));
    await scenario.complete('second');
    expect(trace(scenario)).toEqual(['CREATING ann', 'CREATED', 'ASSIGNING ann']);
    await scenario.complete('third');
    expect(trace(scenario).at(-1)).toBe('ASSIGNED ann');
  });

  it('deny a completion, and the task is as it was', async () => {
    const scenario = await running(listened(['completing:check'], forAnn));
    const key = taskKey(scenario);
    accepted(await scenario.execute(commands.completeUserTask(key, { ok: 1 }, 'approve')));
    expect(await scenario.job('check')).toMatchObject({ variables: { ok: 1 } });
    const { key: job } = scenario.events('JOB', 'CREATED')[0]!;
    accepted(
      await scenario.execute(
        commands.completeJob(job, {}, { type: 'USER_TASK', denied: true, deniedReason: 'too early' }),
      ),
    );
    expect(scenario.events('USER_TASK', 'COMPLETION_DENIED')[0]!.value).toMatchObject({
      assignee: 'ann',
      variables: {},
      deniedReason: 'too early',
    });
    accepted(await scenario.execute(commands.completeUserTask(key, { ok: 2 }, '')));
    accepted(await answer(scenario, 'check', {}));
    expect(scenario.completed).toContain('approval');
    expect(scenario.variables()).toEqual({ approval: { ok: 2 } });
  });

  it('correct what the transition comes to', async () => {
    const scenario = await running(listened(['assigning:check', 'updating:review']));
    const key = taskKey(scenario);
    accepted(await scenario.execute(commands.assignUserTask(key, 'bob', 'assign')));
    accepted(
      await answer(scenario, 'check', {
        correctedAttributes: ['assignee'],
        corrections: { ...corrections, assignee: 'cy' },
      }),
    );
    expect(trace(scenario).slice(2)).toEqual(['ASSIGNING bob', 'CORRECTED cy', 'ASSIGNED cy']);
    accepted(
      await scenario.execute(commands.updateUserTask(key, { priority: 80, candidateGroups: ['g'] }, '')),
    );
    accepted(
      await answer(scenario, 'review', {
        correctedAttributes: ['priority', 'candidateGroupsList', 'dueDate'],
        corrections: { ...corrections, priority: 50, candidateGroupsList: ['h'] },
      }),
    );
    expect(
      scenario
        .events('USER_TASK')
        .slice(-2)
        .map(({ value }) => value),
    ).toMatchObject([
      { priority: 50, candidateGroups: ['h'], changedAttributes: ['priority', 'candidateGroupsList'] },
      { priority: 50, candidateGroups: ['h'], changedAttributes: ['candidateGroupsList'] },
    ]);
  });

  it('come before variables are set', async () => {
    const scenario = await running(listened(['updating:review']));
    const element = scenario.events('USER_TASK', 'CREATED')[0]!.value.elementInstanceKey;
    accepted(await scenario.execute(commands.setVariables(element, { x: 1 }, 'LOCAL')));
    expect(scenario.variables()).toEqual({});
    expect(await scenario.execute(commands.setVariables(element, { x: 2 }, 'LOCAL'))).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: `Expected to trigger update transition for user task with key '${taskKey(scenario)}', but it is in state 'UPDATING'`,
      },
    });
    await scenario.complete('review');
    expect(scenario.variables()).toEqual({ approve: { x: 1 } });
    accepted(await scenario.execute(commands.setVariables(element, { x: 3 }, 'LOCAL')));
    accepted(await answer(scenario, 'review', { denied: true }));
    expect(scenario.variables()).toEqual({ approve: { x: 1 } });
    expect(scenario.events('VARIABLE_DOCUMENT').at(-1)!.intent).toBe('UPDATE_DENIED');
  });

  it('come before the task is gone, with its instance or by a boundary event', async () => {
    const canceled = await running(listened(['completing:check', 'canceling:clean']));
    accepted(await canceled.execute(commands.completeUserTask(taskKey(canceled), {}, '')));
    const instance = canceled.events('PROCESS_INSTANCE')[0]!.key;
    accepted(await canceled.execute(commands.cancelInstance(instance)));
    expect(canceled.events('JOB', 'CANCELED').map(({ value }) => value.type)).toEqual(['check']);
    expect(canceled.terminated).toEqual([]);
    await canceled.complete('clean');
    expect(canceled.terminated).toEqual(['approve', 'approval']);

    const late = await running(
      listened(['canceling:clean']) +
        timerBoundary('late', 'approve', { duration: 'PT1H' }) +
        path('late', 'end'),
    );
    await late.wait(3_600_000);
    expect(late.completed).not.toContain('late');
    await late.complete('clean');
    expect(late.completed.slice(-3)).toEqual(['late', 'end', 'approval']);
  });

  it('answer without variables, and deny only where that is possible', async () => {
    const scenario = await running(listened(['creating:first']));
    const { key } = await scenario.job('first');
    expect(await scenario.execute(commands.completeJob(key, { x: 1 }))).toMatchObject({
      failure: { type: 'INVALID_ARGUMENT' },
    });
    const denied = await scenario.execute(commands.completeJob(key, {}, { type: 'USER_TASK', denied: true }));
    expect(denied).toMatchObject({ failure: { type: 'INVALID_ARGUMENT' } });
    const thrown = { errorCode: 'E', errorMessage: '', variables: {} };
    expect(await scenario.execute(commands.throwError(key, thrown))).toMatchObject({
      failure: {
        type: 'INVALID_STATE',
        reason: expect.stringContaining(`Cannot throw BPMN error from TASK_LISTENER job with key '${key}'`),
      },
    });
  });

  it('stop the transition at an incident, until it is resolved', async () => {
    const scenario = await running(listened(['completing:=kind', 'completing:check']));
    accepted(await scenario.execute(commands.completeUserTask(taskKey(scenario), {}, '')));
    expect(scenario.incidents).toMatchObject([{ errorType: 'EXTRACT_VALUE_ERROR', elementId: 'approve' }]);
    const instance = scenario.events('PROCESS_INSTANCE')[0]!.key;
    accepted(await scenario.execute(commands.setVariables(instance, { kind: 'made' }, 'LOCAL')));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await scenario.complete('made');
    const failed = await scenario.fail('check', { retries: 0, errorMessage: 'no' });
    expect(scenario.incidents).toMatchObject([{ errorType: 'TASK_LISTENER_NO_RETRIES' }]);
    accepted(await scenario.execute(commands.updateJobRetries(failed, 1)));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await scenario.complete('check');
    expect(scenario.completed).toContain('approval');
  });

  it('whose job cannot be read at creation begin again with the same task', async () => {
    const scenario = await running(listened(['creating:=kind']));
    const instance = scenario.events('PROCESS_INSTANCE')[0]!.key;
    accepted(await scenario.execute(commands.setVariables(instance, { kind: 'made' }, 'LOCAL')));
    accepted(await scenario.execute(commands.resolveIncident(scenario.incidents[0]!.key)));
    await scenario.complete('made');
    expect(trace(scenario)).toEqual(['CREATING', 'CREATED']);
  });
});
