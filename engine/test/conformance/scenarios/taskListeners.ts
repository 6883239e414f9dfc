import type { JsonObject } from '@baton/engine/protocol';
import {
  bpmn,
  end,
  listening,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  subProcess,
  terminateEnd,
  timerBoundary,
  userTask,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  answer,
  cancel,
  complete,
  create,
  deploy,
  fail,
  modify,
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
const assign = (assignee: string) => command('ASSIGN', { assignee });
const claim = (assignee: string) => command('CLAIM', { assignee });
const update = (value: JsonObject) => command('UPDATE', { ...value, changedAttributes: Object.keys(value) });
const done = (variables: JsonObject = {}) => command('COMPLETE', { variables, action: '' });
const deny = (deniedReason = ''): JsonObject => ({ type: 'USER_TASK', denied: true, deniedReason });
const correct = (corrections: JsonObject): JsonObject => ({
  type: 'USER_TASK',
  corrections,
  correctedAttributes: Object.keys(corrections),
});

/** Leaves everything as it is. */
const accept: JsonObject = { type: 'USER_TASK' };

/** As SetVariables gives it; the test engine leaves that call without an answer when a listener holds it up. */
const set = (variables: JsonObject, local = false): Step => ({
  command: 'VARIABLE_DOCUMENT UPDATE',
  value: { scopeKey: '$element.ask', updateSemantics: local ? 'LOCAL' : 'PROPAGATE', variables },
});

const listener = (eventType: string, type: string, more = '') =>
  `<zeebe:taskListener eventType="${eventType}" type="${type.replaceAll('"', '&quot;')}"${more} />`;
const heardTask = (listeners: readonly string[], more = '') =>
  userTask('ask', `<zeebe:taskListeners>${listeners.join('')}</zeebe:taskListeners>${more}`);

/** A process with the user task `ask`; a job for each event named, of type `ID-EVENT`. */
const asked = (id: string, events: readonly string[], more = '', ...around: string[]) =>
  deploy(
    bpmn(
      id,
      start(),
      heardTask(
        events.map((event) => listener(event, `${id}-${event}`)),
        more,
      ),
      end(),
      path('start', 'ask', 'end'),
      ...around,
    ),
  );

const ann = '<zeebe:assignmentDefinition assignee="ann" candidateGroups="g" candidateUsers="u" />';
const covers = ['task listener', 'user task'];
const all = ['creating', 'assigning', 'updating', 'completing', 'canceling'];

const all6: JsonObject = {
  assignee: 'cy',
  candidateGroupsList: ['h'],
  candidateUsersList: ['v'],
  dueDate: '2030-01-01T00:00:00Z',
  followUpDate: '2029-01-01T00:00:00Z',
  priority: 7,
};

const unreadable = (what: string, id: string, attributes: string, variables: JsonObject): Scenarios => ({
  [`task listener: ${what}`]: {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(
        bpmn(
          id,
          start(),
          userTask(
            'ask',
            `<zeebe:taskListeners><zeebe:taskListener eventType="completing" ${attributes} /></zeebe:taskListeners>`,
          ),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create(id),
      done({ x: 1 }),
      done(),
      resolve('ask'),
      ...(Object.keys(variables).length === 0
        ? []
        : [setVariables('$instance', variables), resolve('ask'), ...workWith(`${id}-x`, accept)]),
      cancel(),
    ],
  },
});

export const taskListeners: Scenarios = {
  'task listener: of every event': {
    covers: [...covers, 'SetVariables', 'AssignUserTask', 'UpdateUserTask', 'CompleteUserTask'],
    steps: [
      asked('lsEvery', all, ann),
      create('lsEvery'),
      ...workWith('lsEvery-creating', accept),
      ...workWith('lsEvery-assigning', accept),
      assign('bob'),
      ...workWith('lsEvery-assigning', accept),
      update({ priority: 3 }),
      ...workWith('lsEvery-updating', accept),
      set({ mine: 1 }, true),
      ...workWith('lsEvery-updating', accept),
      done({ said: 'yes' }),
      ...workWith('lsEvery-completing', accept),
    ],
  },
  'task listener: of every event, canceled': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      asked('lsGone', all),
      create('lsGone'),
      ...work('lsGone-creating'),
      cancel(),
      ...work('lsGone-canceling'),
    ],
  },
  'task listener: variables are set, denied, set again': {
    covers: [...covers, 'SetVariables'],
    steps: [
      asked('lsSet', ['updating']),
      create('lsSet'),
      set({ x: 1 }),
      setVariables('$element.ask', { x: 2 }),
      setVariables('$instance', { y: 2 }),
      update({ priority: 3 }),
      done(),
      ...workWith('lsSet-updating', deny('no')),
      set({ x: 3 }, true),
      ...workWith('lsSet-updating', correct({ priority: 4 })),
      set({}),
      ...work('lsSet-updating'),
      done(),
    ],
  },
  'task listener: variables are set while others are heard': {
    covers: [...covers, 'SetVariables'],
    steps: [
      asked('lsSetWhile', ['creating', 'assigning', 'completing', 'canceling']),
      create('lsSetWhile'),
      setVariables('$element.ask', { x: 1 }, true),
      ...work('lsSetWhile-creating'),
      assign('ann'),
      setVariables('$element.ask', { x: 2 }, true),
      ...work('lsSetWhile-assigning'),
      done(),
      setVariables('$element.ask', { x: 3 }, true),
      ...workWith('lsSetWhile-completing', deny()),
      setVariables('$element.ask', { x: 4 }, true),
      cancel(),
      setVariables('$element.ask', { x: 5 }, true),
      setVariables('$instance', { y: 5 }),
      ...work('lsSetWhile-canceling'),
    ],
  },
  'task listener: canceled while variables wait to be set': {
    covers: [...covers, 'SetVariables', 'CancelProcessInstance'],
    steps: [
      asked('lsSetCancel', ['updating', 'canceling']),
      create('lsSetCancel'),
      set({ x: 1 }),
      activate('lsSetCancel-updating'),
      cancel(),
      complete('lsSetCancel-updating'),
      ...work('lsSetCancel-canceling'),
    ],
  },
  ...Object.fromEntries(
    ['creating', 'assigning', 'updating', 'completing'].flatMap((event) =>
      ['', 'canceling'].map((last) => {
        const id = `lsCut${event}${last}`;
        const begin: { [event: string]: Step[] } = {
          creating: [],
          assigning: [assign('ann')],
          updating: [update({ priority: 3 })],
          completing: [done({ x: 1 })],
        };
        return [
          `task listener: canceled while ${event} is heard${last && ', which is heard as well'}`,
          {
            covers: [...covers, 'CancelProcessInstance'],
            steps: [
              asked(id, last ? [event, last] : [event]),
              create(id),
              ...begin[event]!,
              activate(`${id}-${event}`),
              cancel(),
              complete(`${id}-${event}`),
              ...(last ? work(`${id}-${last}`) : []),
            ],
          },
        ];
      }),
    ),
  ),
  'task listener: canceled twice': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      asked('lsTwice', ['canceling']),
      create('lsTwice'),
      cancel(),
      cancel(),
      claim('ann'),
      done(),
      ...workWith('lsTwice-canceling', deny('no')),
      answer('lsTwice-canceling', correct({ assignee: 'bob' })),
      cancel(),
    ],
  },
  'task listener: terminated by a modification while it is canceled': {
    covers: [...covers, 'ModifyProcessInstance', 'CancelProcessInstance'],
    steps: [
      asked('lsCutShort', ['canceling']),
      create('lsCutShort'),
      cancel(),
      modify({ terminate: ['ask'] }),
      activate('lsCutShort-canceling'),
    ],
  },
  'task listener: terminated by a modification': {
    covers: [...covers, 'ModifyProcessInstance'],
    steps: [
      asked('lsModified', ['canceling']),
      create('lsModified'),
      modify({ activate: ['ask'], terminate: ['ask'] }),
      activate('lsModified-canceling'),
      done(),
    ],
  },
  'task listener: terminated by an end event': {
    covers: [...covers, 'terminate end event'],
    steps: [
      deploy(
        bpmn(
          'lsEnded',
          start(),
          parallelGateway('fork'),
          heardTask([listener('canceling', 'lsEnded-canceling')]),
          serviceTask('a', { type: 'lsEnded-a' }),
          end(),
          terminateEnd('over'),
          path('start', 'fork', 'ask', 'end'),
          path('fork', 'a', 'over'),
        ),
      ),
      create('lsEnded'),
      ...work('lsEnded-a'),
      ...work('lsEnded-canceling'),
    ],
  },
  'task listener: a timer beside it while it is heard': {
    covers: [...covers, 'timer boundary event non-interrupting'],
    steps: [
      asked(
        'lsBeside',
        ['creating', 'completing'],
        '',
        timerBoundary('late', 'ask', { duration: 'PT1H' }, { interrupting: false }),
        end('over'),
        path('late', 'over'),
      ),
      create('lsBeside'),
      advance(3_600_000),
      ...work('lsBeside-creating'),
      done(),
      ...work('lsBeside-completing'),
    ],
  },
  'task listener: a timer interrupts what is created': {
    covers: [...covers, 'timer boundary event'],
    steps: [
      asked(
        'lsEarly',
        ['creating', 'canceling'],
        '',
        timerBoundary('late', 'ask', { duration: 'PT1H' }),
        end('over'),
        path('late', 'over'),
      ),
      create('lsEarly'),
      advance(3_600_000),
      ...work('lsEarly-canceling'),
    ],
  },
  'task listener: a sub-process is ended around it': {
    covers: [...covers, 'embedded sub-process', 'timer boundary event'],
    steps: [
      deploy(
        bpmn(
          'lsInside',
          start(),
          subProcess(
            's',
            {},
            start('begin'),
            heardTask([listener('canceling', 'lsInside-one'), listener('canceling', 'lsInside-two')]),
            path('begin', 'ask'),
          ),
          timerBoundary('late', 's', { duration: 'PT1H' }),
          end(),
          end('over'),
          path('start', 's', 'end'),
          path('late', 'over'),
        ),
      ),
      create('lsInside'),
      advance(3_600_000),
      ...work('lsInside-one'),
      cancel(),
      ...work('lsInside-two'),
    ],
  },
  'task listener: everything is corrected as it is assigned': {
    covers: [...covers, 'AssignUserTask'],
    steps: [
      asked('lsAll6', ['assigning', 'completing'], ann),
      create('lsAll6'),
      ...workWith('lsAll6-assigning', correct(all6)),
      assign('dee'),
      ...workWith('lsAll6-assigning', correct({ assignee: '', candidateGroupsList: [], dueDate: '' })),
      done({ x: 1 }),
      ...workWith('lsAll6-completing', correct({ assignee: 'eve', priority: 50 })),
    ],
  },
  'task listener: everything is corrected as it is created': {
    covers,
    steps: [
      asked('lsMade6', ['creating', 'assigning']),
      create('lsMade6'),
      ...workWith('lsMade6-creating', correct(all6)),
      activate('lsMade6-assigning'),
      cancel(),
    ],
  },
  'task listener: a creation is corrected where the model has an assignee': {
    covers,
    steps: [
      asked('lsMadeAnn', ['creating', 'assigning'], ann),
      create('lsMadeAnn'),
      ...workWith('lsMadeAnn-creating', correct({ priority: 9, candidateUsersList: ['w'] })),
      ...workWith('lsMadeAnn-assigning', correct({ priority: 10 })),
      cancel(),
    ],
  },
  'task listener: a cancellation is corrected': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      deploy(
        bpmn(
          'lsCancelFix',
          start(),
          heardTask([listener('canceling', 'lsCancelFix-one'), listener('canceling', 'lsCancelFix-two')]),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('lsCancelFix'),
      cancel(),
      ...workWith('lsCancelFix-one', correct(all6)),
      ...work('lsCancelFix-two'),
    ],
  },
  'task listener: denied and corrected at once': {
    covers,
    steps: [
      asked('lsBoth', ['assigning']),
      create('lsBoth'),
      assign('ann'),
      ...workWith('lsBoth-assigning', {
        type: 'USER_TASK',
        denied: true,
        corrections: { priority: 3 },
        correctedAttributes: ['priority'],
      }),
      answer('lsBoth-assigning', deny()),
      claim('bob'),
      ...workWith('lsBoth-assigning', deny('not bob')),
      cancel(),
    ],
  },
  'task listener: an assignment at creation is denied': {
    covers,
    steps: [
      asked('lsDenyAnn', ['assigning', 'completing'], ann),
      create('lsDenyAnn'),
      ...workWith('lsDenyAnn-assigning', deny('nobody')),
      done(),
      ...workWith('lsDenyAnn-completing', deny()),
      done({ x: 2 }),
      ...workWith('lsDenyAnn-completing', accept),
    ],
  },
  'task listener: it fails, times out and throws': {
    covers: [...covers, 'FailJob', 'ThrowError'],
    steps: [
      asked('lsFails', ['completing']),
      create('lsFails'),
      done({ x: 1 }),
      activate('lsFails-completing', { timeout: 1_000 }),
      throwError('lsFails-completing', 'E1'),
      advance(2_000),
      activate('lsFails-completing'),
      fail('lsFails-completing', 2, { retryBackOff: 5_000 }),
      advance(6_000),
      activate('lsFails-completing'),
      fail('lsFails-completing', 0, { errorMessage: 'broken' }),
      cancel(),
    ],
  },
  'task listener: beside execution listeners': {
    covers: [...covers, 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'lsMixed',
          start(),
          listening(
            heardTask([
              listener('creating', 'lsMixed-creating'),
              listener('completing', 'lsMixed-completing'),
            ]),
            'start:lsMixed-start',
            'end:lsMixed-end',
          ),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('lsMixed'),
      ...work('lsMixed-start', { a: 1 }),
      ...work('lsMixed-creating'),
      done({ b: 2 }),
      ...work('lsMixed-completing'),
      ...work('lsMixed-end', { c: 3 }),
    ],
  },
  'task listener: for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'lsMany',
          start(),
          multiInstance(
            heardTask([listener('creating', '=item'), listener('canceling', '="gone-" + item')]),
            {
              over: '=["lsMany-a", "lsMany-b"]',
              as: 'item',
            },
          ),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('lsMany'),
      ...work('lsMany-b'),
      cancel(),
      ...work('gone-lsMany-a'),
      ...work('gone-lsMany-b'),
    ],
  },
  'task listener: types and retries from expressions': {
    covers,
    steps: [
      deploy(
        bpmn(
          'lsRead',
          start(),
          heardTask([listener('completing', '="lsRead-" + x', ' retries="=r"')]),
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('lsRead', { x: 'one', r: 5 }),
      done({ x: 'two' }),
      ...workWith('lsRead-one', accept),
    ],
  },
  ...unreadable('a type that is missing', 'lsNoType', 'type="=t"', { t: 'lsNoType-x' }),
  ...unreadable('a type that does not parse', 'lsBadType', 'type="=1 +"', {}),
  ...unreadable('retries that do not parse', 'lsBadRetries', 'type="lsBadRetries-x" retries="=1 +"', {}),
  ...unreadable('retries that are no number', 'lsTextRetries', 'type="lsTextRetries-x" retries="=r"', {
    r: 1,
  }),
};
