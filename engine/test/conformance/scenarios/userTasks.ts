import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, catchMessage, end, multiInstance, path, start, timerBoundary, userTask } from '../../bpmn.ts';
import {
  activate,
  advance,
  answer,
  cancel,
  complete,
  create,
  deploy,
  fail,
  resolve,
  type Scenarios,
  type Step,
  setVariables,
  throwError,
  work,
  workWith,
} from '../scenario.ts';

/** Of the REST API; here as commands. */
const command = (intent: string, value: JsonObject = {}, key = '$userTask.ask'): Step => ({
  command: `USER_TASK ${intent}`,
  key,
  value,
});
const assign = (assignee: string, more: JsonObject = {}) => command('ASSIGN', { assignee, ...more });
const claim = (assignee: string) => command('CLAIM', { assignee });
const update = (value: JsonObject) =>
  command('UPDATE', { ...value, changedAttributes: Object.keys(value).filter((name) => name !== 'action') });
const done = (variables: JsonObject = {}, action = '') => command('COMPLETE', { variables, action });

const deny = (deniedReason = ''): JsonObject => ({ type: 'USER_TASK', denied: true, deniedReason });
const correct = (corrections: JsonObject): JsonObject => ({
  type: 'USER_TASK',
  corrections,
  correctedAttributes: Object.keys(corrections),
});

/** A process with the user task `ask`; listeners as `event:type`. */
function asked(id: string, listeners: readonly string[] = [], extensions = '', ...more: string[]): Step {
  const all = listeners.map((listener) => {
    const [eventType, type] = listener.split(':');
    return `<zeebe:taskListener eventType="${eventType}" type="${type?.startsWith('=') ? type : `${id}-${type}`}" />`;
  });
  const heard = all.length > 0 ? `<zeebe:taskListeners>${all.join('')}</zeebe:taskListeners>` : '';
  return deploy(
    bpmn(id, start(), userTask('ask', heard + extensions), end(), path('start', 'ask', 'end'), ...more),
  );
}
const ann = '<zeebe:assignmentDefinition assignee="ann" />';

const changes: readonly JsonObject[] = [
  { retries: 5, timeout: 120_000 },
  { retries: 6 },
  { timeout: 1_000 },
  { retries: 0 },
  { retries: 0, timeout: 1_000 },
  {},
];

const covers = ['user task'];
const heard = ['task listener'];

const model = (what: string, listener: string, task?: string): Scenarios => ({
  [`task listener model: ${what}`]: {
    covers: heard,
    steps: [
      deploy(
        bpmn(
          'listenerModel',
          start(),
          task ?? userTask('ask', `<zeebe:taskListeners>${listener}</zeebe:taskListeners>`),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
    ],
  },
});

export const userTasks: Scenarios = {
  'user task: assigned, to another, to the same, to nobody': {
    covers: [...covers, 'AssignUserTask'],
    steps: [
      asked('taskAssign'),
      create('taskAssign'),
      assign('ann'),
      assign('bob', { action: 'handOver' }),
      assign('bob'),
      assign('', { action: 'unassign' }),
      assign(''),
      cancel(),
      assign('ann'),
    ],
  },
  'user task: claimed': {
    covers: [...covers, 'ClaimUserTask'],
    steps: [
      asked('taskClaim'),
      create('taskClaim'),
      claim(''),
      claim('ann'),
      claim('ann'),
      claim('bob'),
      done(),
    ],
  },
  'user task: updated': {
    covers: [...covers, 'UpdateUserTask'],
    steps: [
      asked('taskUpdate'),
      create('taskUpdate'),
      update({ priority: 80, action: 'raise' }),
      update({
        candidateGroupsList: ['g'],
        candidateUsersList: ['u', 'v'],
        dueDate: '2030-01-01T00:00:00Z',
        followUpDate: '2029-01-01T00:00:00Z',
      }),
      update({}),
      update({ priority: 80 }),
      update({ assignee: 'ann' }),
      update({ candidateGroupsList: [], dueDate: '' }),
      cancel(),
    ],
  },
  'user task: completed with variables': {
    covers: [...covers, 'CompleteUserTask'],
    steps: [
      asked(
        'taskDone',
        [],
        '<zeebe:ioMapping><zeebe:output source="=said" target="answer" /></zeebe:ioMapping>',
      ),
      create('taskDone'),
      done({ said: 'yes', other: 1 }, 'approve'),
      done(),
    ],
  },
  'user task: commands for one that is not there': {
    covers: [...covers, 'CompleteUserTask', 'AssignUserTask', 'ClaimUserTask', 'UpdateUserTask'],
    steps: [
      asked('taskNone'),
      create('taskNone'),
      ...['COMPLETE', 'ASSIGN', 'CLAIM', 'UPDATE'].map((intent) =>
        command(intent, { assignee: 'ann', changedAttributes: ['priority'] }, '$instance'),
      ),
      cancel(),
    ],
  },
  'user task: its variables are set': {
    covers: [...covers, 'SetVariables'],
    steps: [
      asked('taskVariables'),
      create('taskVariables'),
      setVariables('$element.ask', { mine: 1 }, true),
      setVariables('$element.ask', { mine: 2, ours: 3 }),
      setVariables('$element.ask', {}),
      done(),
    ],
  },
  'user task: for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'taskMany',
          start(),
          multiInstance(userTask('ask', '<zeebe:assignmentDefinition assignee="=item" />'), {
            over: '=["ann", "bob"]',
            as: 'item',
          }),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('taskMany'),
      command('COMPLETE', {}, '$userTask.ask#1'),
      command('COMPLETE', {}, '$userTask.ask#2'),
    ],
  },

  'task listener: before the task is there, and before it is assigned': {
    covers: heard,
    steps: [
      asked(
        'heardCreate',
        ['creating:one', 'assigning:three', 'creating:two'],
        `${ann}<zeebe:taskHeaders><zeebe:header key="k" value="v" /></zeebe:taskHeaders>`,
      ),
      create('heardCreate'),
      done(),
      assign('bob'),
      ...work('heardCreate-one'),
      ...work('heardCreate-two'),
      done(),
      ...work('heardCreate-three'),
      done(),
    ],
  },
  'task listener: a creation is corrected': {
    covers: heard,
    steps: [
      asked('heardCorrect', ['creating:one', 'creating:two', 'assigning:three', 'creating:four']),
      create('heardCorrect'),
      ...workWith('heardCorrect-one', correct({ assignee: 'bob', priority: 20 })),
      ...workWith('heardCorrect-two', correct({ priority: 20, candidateUsersList: ['x'] })),
      ...workWith('heardCorrect-four', correct({ nothing: 1 })),
      answer('heardCorrect-four', correct({})),
      activate('heardCorrect-three'),
      cancel(),
    ],
  },
  'task listener: an assignee of the model is not corrected at creation': {
    covers: heard,
    steps: [
      asked('heardModelled', ['creating:one'], ann),
      create('heardModelled'),
      ...workWith('heardModelled-one', correct({ assignee: 'bob' })),
      answer('heardModelled-one', correct({ dueDate: '2030-01-01T00:00:00Z' })),
      cancel(),
    ],
  },
  'task listener: a creation cannot be denied, nor take variables': {
    covers: heard,
    steps: [
      asked('heardRefused', ['creating:one']),
      create('heardRefused'),
      ...workWith('heardRefused-one', deny()),
      complete('heardRefused-one', { x: 1 }),
      throwError('heardRefused-one', 'E1'),
      complete('heardRefused-one'),
      cancel(),
    ],
  },
  'task listener: assigned and claimed, denied and corrected': {
    covers: [...heard, 'AssignUserTask', 'ClaimUserTask'],
    steps: [
      asked('heardAssign', ['assigning:one', 'assigning:two']),
      create('heardAssign'),
      assign('ann'),
      claim('ann'),
      update({ priority: 1 }),
      ...workWith('heardAssign-one', deny('no')),
      claim('ann'),
      assign('bob'),
      ...workWith('heardAssign-one', correct({ assignee: 'cy', priority: 7 })),
      ...workWith('heardAssign-two', correct({ assignee: 'ann', priority: 7 })),
      claim('ann'),
      ...work('heardAssign-one'),
      ...workWith('heardAssign-two', correct({ assignee: '' })),
      cancel(),
    ],
  },
  'task listener: updated, denied and corrected': {
    covers: [...heard, 'UpdateUserTask'],
    steps: [
      asked('heardUpdate', ['updating:one']),
      create('heardUpdate'),
      update({ priority: 80, action: 'raise' }),
      done(),
      ...workWith('heardUpdate-one', deny('too much')),
      update({ priority: 80, candidateGroupsList: ['g'] }),
      ...workWith(
        'heardUpdate-one',
        correct({
          priority: 50,
          candidateGroupsList: ['h'],
          candidateUsersList: [],
          dueDate: '',
          followUpDate: '2030-01-01T00:00:00Z',
        }),
      ),
      done(),
    ],
  },
  'task listener: completed, denied, then through': {
    covers: [...heard, 'CompleteUserTask'],
    steps: [
      asked('heardDone', ['completing:one', 'completing:two'], ann),
      create('heardDone'),
      done({ x: 1 }, 'go'),
      assign('bob'),
      done(),
      ...workWith('heardDone-one', deny('too early')),
      done({ x: 2 }),
      ...workWith('heardDone-one', correct({ priority: 7 })),
      ...workWith('heardDone-two', correct({ assignee: 'zed' })),
    ],
  },
  'task listener: interrupted by a timer': {
    covers: [...heard, 'boundary event'],
    steps: [
      asked(
        'heardTimer',
        ['canceling:one', 'completing:two'],
        '',
        timerBoundary('late', 'ask', { duration: 'PT1H' }),
        end('over'),
        path('late', 'over'),
      ),
      create('heardTimer'),
      done({ x: 1 }),
      advance(3_600_000),
      ...work('heardTimer-one'),
    ],
  },
  'task listener: one that fails for good': {
    covers: [...heard, 'FailJob'],
    steps: [
      asked('heardFails', ['completing:one', 'completing:two']),
      create('heardFails'),
      done({ x: 1 }),
      activate('heardFails-one'),
      fail('heardFails-one', 1, { errorMessage: 'again' }),
      activate('heardFails-one'),
      fail('heardFails-one', 0, { errorMessage: 'no' }),
      done(),
      { rpc: 'UpdateJobRetries', message: { jobKey: '$job.heardFails-one', retries: 1 } },
      resolve('ask'),
      // the test engine may lose the answer to an RPC that settles a command which waited
      ...workWith('heardFails-one', { type: 'USER_TASK' }),
      ...workWith('heardFails-two', { type: 'USER_TASK' }),
    ],
  },
  'task listener: one that fails for good, and the instance is canceled': {
    covers: [...heard, 'FailJob'],
    steps: [
      asked('heardBroken', ['creating:one']),
      create('heardBroken'),
      activate('heardBroken-one'),
      fail('heardBroken-one', 0),
      cancel(),
    ],
  },

  ...model('an event that nobody knows', '<zeebe:taskListener eventType="waiting" type="x" />'),
  ...model('without an event', '<zeebe:taskListener type="x" />'),
  ...model('without a type', '<zeebe:taskListener eventType="creating" />'),
  ...model('an empty event and type', '<zeebe:taskListener eventType="" type="" />'),
  ...model('a type that does not parse', '<zeebe:taskListener eventType="creating" type="=1 +" />'),
  ...model(
    'retries that are no number',
    '<zeebe:taskListener eventType="creating" type="x" retries="many" />',
  ),
  ...model(
    'retries that do not parse',
    '<zeebe:taskListener eventType="creating" type="x" retries="=1 +" />',
  ),
  ...model('the same one twice', '<zeebe:taskListener eventType="creating" type="x" />'.repeat(2)),
  ...model(
    'at a task of jobs',
    '',
    '<bpmn:userTask id="ask"><bpmn:extensionElements><zeebe:taskListeners><zeebe:taskListener eventType="creating" type="x" /></zeebe:taskListeners></bpmn:extensionElements></bpmn:userTask>',
  ),
  ...model(
    'at a service task',
    '',
    '<bpmn:serviceTask id="ask"><bpmn:extensionElements><zeebe:taskDefinition type="x" /><zeebe:taskListeners><zeebe:taskListener eventType="creating" type="x" /></zeebe:taskListeners></bpmn:extensionElements></bpmn:serviceTask>',
  ),

  'message: correlated at once': {
    covers: ['CorrelateMessage'],
    steps: [
      deploy(bpmn('correlated', start(), catchMessage('wait', 'M1'), end(), path('start', 'wait', 'end'))),
      create('correlated', { key: 'correlated' }),
      {
        command: 'MESSAGE_CORRELATION CORRELATE',
        value: { name: 'M1', correlationKey: 'elsewhere', variables: { x: 1 } },
      },
      {
        command: 'MESSAGE_CORRELATION CORRELATE',
        value: { name: 'M1', correlationKey: 'correlated', variables: { x: 1 } },
      },
    ],
  },
  'job: retries and timeout change by one command': {
    covers: ['UpdateJob'],
    steps: [
      asked('jobUpdate', ['creating:one']),
      create('jobUpdate'),
      activate('jobUpdate-one'),
      ...changes.map(
        (change): Step => ({
          command: 'JOB UPDATE',
          key: '$job.jobUpdate-one',
          value: { ...change, changedAttributes: Object.keys(change) },
        }),
      ),
      advance(5_000),
      {
        command: 'JOB UPDATE',
        key: '$job.jobUpdate-one',
        value: { timeout: 1_000, changedAttributes: ['timeout'] },
      },
      {
        command: 'JOB UPDATE',
        key: '$job.jobUpdate-one',
        value: { retries: 2, timeout: 1_000, changedAttributes: ['retries', 'timeout'] },
      },
      {
        command: 'JOB UPDATE',
        key: '$job.jobUpdate-one',
        value: { retries: 0, timeout: 1_000, changedAttributes: ['retries', 'timeout'] },
      },
      {
        command: 'JOB UPDATE',
        key: '$instance',
        value: { retries: 2, changedAttributes: ['retries'] },
      },
      ...work('jobUpdate-one'),
      cancel(),
    ],
  },
};
