import {
  callActivity,
  catchMessage,
  end,
  exclusiveGateway,
  flow,
  listening,
  messageBoundary,
  multiInstance,
  parallelGateway,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  start,
  startMessage,
  subProcess,
  throwEvent,
  timerBoundary,
  undefinedTask,
  userTask,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  complete,
  create,
  deploy,
  fail,
  own,
  publish,
  resolve,
  type Scenarios,
  setVariables,
  throwError,
  work,
} from '../scenario.ts';

const covers = ['execution listener'];
const alone = (id: string, element: string, elementId: string) =>
  own(id, start(), element, end(), path('start', elementId, 'end'));
const retries = (type: string, count: number) => ({
  rpc: 'UpdateJobRetries',
  message: { jobKey: `$job.${type}`, retries: count },
});

export const executionListeners = {
  'listener: before and after a task, with variables': {
    covers: [...covers, 'service task'],
    steps: [
      deploy(
        alone(
          'lTask',
          listening(
            serviceTask('a', { type: 'lTask-a', inputs: [['=x', 'i']] }),
            'start:lTask-s1',
            'start:lTask-s2',
            'end:lTask-e1',
            'end:lTask-e2',
          ),
          'a',
        ),
      ),
      create('lTask', { x: 1 }),
      ...work('lTask-s1', { fromStart: 1 }),
      ...work('lTask-s2', { fromStart: 2 }),
      ...work('lTask-a', { done: true }),
      ...work('lTask-e1', { fromEnd: 1 }),
      ...work('lTask-e2'),
    ],
  },
  'listener: what an end listener brings stays in the scope': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        alone(
          'lScope',
          subProcess(
            's',
            {},
            start('in'),
            listening(serviceTask('a', { type: 'lScope-a' }), 'end:lScope-e'),
            serviceTask('b', { type: 'lScope-b' }),
            end('out'),
            path('in', 'a', 'b', 'out'),
          ),
          's',
        ),
      ),
      create('lScope', { x: 1 }),
      ...work('lScope-a', { x: 2 }),
      ...work('lScope-e', { x: 3, y: 1 }),
      ...work('lScope-b'),
    ],
  },
  'listener: with output mappings': {
    covers: [...covers, 'output mapping'],
    steps: [
      deploy(
        alone(
          'lMapped',
          listening(serviceTask('a', { type: 'lMapped-a', outputs: [['=r', 'x']] }), 'end:lMapped-e'),
          'a',
        ),
      ),
      create('lMapped'),
      ...work('lMapped-a', { r: 1 }),
      ...work('lMapped-e', { x: 2, y: 3 }),
    ],
  },
  'listener: fails, without retries stops, goes on': {
    covers: [...covers, 'incident', 'ResolveIncident', 'FailJob', 'UpdateJobRetries'],
    steps: [
      deploy(alone('lFail', listening(serviceTask('a', { type: 'lFail-a' }), 'start:lFail-s'), 'a')),
      create('lFail'),
      activate('lFail-s'),
      fail('lFail-s', 1),
      activate('lFail-s'),
      fail('lFail-s', 0, { errorMessage: 'no luck' }),
      retries('lFail-s', 1),
      resolve('a'),
      ...work('lFail-s'),
      cancel(),
    ],
  },
  'listener: an end listener without retries': {
    covers: [...covers, 'incident', 'FailJob'],
    steps: [
      deploy(alone('lFailEnd', listening(serviceTask('a', { type: 'lFailEnd-a' }), 'end:lFailEnd-e'), 'a')),
      create('lFailEnd'),
      ...work('lFailEnd-a'),
      activate('lFailEnd-e'),
      fail('lFailEnd-e', 0),
      cancel(),
    ],
  },
  'listener: throws no errors': {
    covers: [...covers, 'ThrowError'],
    steps: [
      deploy(alone('lThrow', listening(serviceTask('a', { type: 'lThrow-a' }), 'start:lThrow-s'), 'a')),
      create('lThrow'),
      activate('lThrow-s'),
      throwError('lThrow-s', 'E1'),
      cancel(),
    ],
  },
  'listener: a type that is missing stops it': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(alone('lNoType', listening(serviceTask('a', { type: 'lNoType-a' }), 'start:=kind'), 'a')),
      create('lNoType'),
      setVariables('$instance', { kind: 'lNoType-s' }),
      resolve('a'),
      ...work('lNoType-s'),
      cancel(),
    ],
  },
  'listener: canceled with its element': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      deploy(alone('lCancel', listening(serviceTask('a', { type: 'lCancel-a' }), 'start:lCancel-s'), 'a')),
      create('lCancel'),
      activate('lCancel-s'),
      cancel(),
      complete('lCancel-s'),
    ],
  },
  'listener: a boundary event interrupts the task after its start listener': {
    covers: [...covers, 'timer boundary event'],
    steps: [
      deploy(
        own(
          'lBoundary',
          start(),
          listening(serviceTask('a', { type: 'lBoundary-a' }), 'start:lBoundary-s', 'end:lBoundary-e'),
          timerBoundary('b', 'a', { duration: 'PT1S' }),
          end('after'),
          path('start', 'a'),
          path('b', 'after'),
        ),
      ),
      create('lBoundary'),
      ...work('lBoundary-s'),
      advance(1500),
    ],
  },
  'listener: on the process': {
    covers,
    steps: [
      deploy(
        alone('lProcess', undefinedTask('u'), 'u').replace(
          /(<bpmn:process id="[^"]+" isExecutable="true">)/,
          '$1<bpmn:extensionElements><zeebe:executionListeners><zeebe:executionListener eventType="start" type="lProcess-s" /><zeebe:executionListener eventType="end" type="lProcess-e" /></zeebe:executionListeners></bpmn:extensionElements>',
        ),
      ),
      create('lProcess', { x: 1 }),
      ...work('lProcess-s', { y: 1 }),
      ...work('lProcess-e', { z: 1 }),
    ],
  },
  'listener: on a start event and an end event': {
    covers,
    steps: [
      deploy(
        own(
          'lEvents',
          listening(start(), 'end:lEvents-s'),
          listening(end(), 'start:lEvents-es', 'end:lEvents-ee'),
          path('start', 'end'),
        ),
      ),
      create('lEvents'),
      ...work('lEvents-s', { x: 1 }),
      ...work('lEvents-es'),
      ...work('lEvents-ee', { y: 1 }),
    ],
  },
  'listener: on a sub-process with a boundary event': {
    covers: [...covers, 'embedded sub-process', 'message boundary event'],
    steps: [
      deploy(
        own(
          'lSub',
          start(),
          listening(
            subProcess(
              's',
              {},
              listening(start('in'), 'end:lSub-in'),
              serviceTask('a', { type: 'lSub-a' }),
              path('in', 'a'),
            ),
            'start:lSub-s',
            'end:lSub-e',
          ),
          messageBoundary('b', 's', 'M1', { interrupting: false }),
          end(),
          end('after'),
          path('start', 's', 'end'),
          path('b', 'after'),
        ),
      ),
      create('lSub', { key: 'k' }),
      ...work('lSub-s', { own: 1 }),
      ...work('lSub-in'),
      ...work('lSub-a'),
      ...work('lSub-e', { up: 1 }),
    ],
  },
  'listener: on gateways': {
    covers: [...covers, 'exclusive gateway', 'parallel gateway'],
    steps: [
      deploy(
        own(
          'lGateways',
          start(),
          listening(exclusiveGateway('g', 'g-end'), 'start:lGateways-g'),
          listening(parallelGateway('p'), 'start:lGateways-p'),
          end(),
          path('start', 'p', 'g', 'end'),
          end('other'),
          flow('g', 'other', '=x'),
        ),
      ),
      create('lGateways'),
      ...work('lGateways-p'),
      ...work('lGateways-g', { x: false }),
    ],
  },
  'listener: on events that wait or pass': {
    covers: [...covers, 'message catch event', 'none throw event'],
    steps: [
      deploy(
        own(
          'lCatch',
          start(),
          listening(catchMessage('c', 'M1'), 'start:lCatch-cs', 'end:lCatch-ce'),
          listening(throwEvent('t'), 'start:lCatch-ts', 'end:lCatch-te'),
          end(),
          path('start', 'c', 't', 'end'),
        ),
      ),
      create('lCatch', { key: 'k' }),
      ...work('lCatch-cs'),
      publish('lCatch-M1', 'k', { variables: { x: 1 } }),
      ...work('lCatch-ce'),
      ...work('lCatch-ts'),
      ...work('lCatch-te'),
    ],
  },
  'listener: on a boundary event': {
    covers: [...covers, 'message boundary event'],
    steps: [
      deploy(
        own(
          'lOnBoundary',
          start(),
          serviceTask('a', { type: 'lOnBoundary-a' }),
          listening(messageBoundary('b', 'a', 'M1'), 'end:lOnBoundary-e'),
          end('after'),
          path('start', 'a'),
          path('b', 'after'),
        ),
      ),
      create('lOnBoundary', { key: 'k' }),
      publish('lOnBoundary-M1', 'k', { variables: { x: 1 } }),
      ...work('lOnBoundary-e', { y: 1 }),
    ],
  },
  'listener: on other tasks': {
    covers: [...covers, 'script task (FEEL)', 'receive task', 'undefined task', 'user task'],
    steps: [
      deploy(
        own(
          'lTasks',
          start(),
          listening(scriptTask('s', '=1', 'r'), 'start:lTasks-ss', 'end:lTasks-se'),
          listening(receiveTask('m', 'M1'), 'start:lTasks-ms', 'end:lTasks-me'),
          listening(undefinedTask('u'), 'start:lTasks-us', 'end:lTasks-ue'),
          listening(userTask('p'), 'start:lTasks-ps', 'end:lTasks-pe'),
          end(),
          path('start', 's', 'm', 'u', 'p', 'end'),
        ),
      ),
      create('lTasks', { key: 'k' }),
      ...work('lTasks-ss'),
      ...work('lTasks-se'),
      ...work('lTasks-ms'),
      publish('lTasks-M1', 'k'),
      ...work('lTasks-me'),
      ...work('lTasks-us'),
      ...work('lTasks-ue'),
      ...work('lTasks-ps'),
      cancel(),
    ],
  },
  'listener: on a call activity': {
    covers: [...covers, 'call activity'],
    steps: [
      deploy(own('lChild', start(), end(), path('start', 'end'))),
      deploy(
        alone('lCall', listening(callActivity('call', 'lChild'), 'start:lCall-s', 'end:lCall-e'), 'call'),
      ),
      create('lCall'),
      ...work('lCall-s', { x: 1 }),
      ...work('lCall-e'),
    ],
  },
  'listener: on every instance of many': {
    covers: [...covers, 'multi-instance sequential'],
    steps: [
      deploy(
        alone(
          'lMany',
          multiInstance(listening(serviceTask('a', { type: 'lMany-a' }), 'start:lMany-s', 'end:lMany-e'), {
            over: '=xs',
            as: 'x',
            sequential: true,
            collection: 'ys',
            element: '=y',
          }),
          'a',
        ),
      ),
      create('lMany', { xs: [1, 2] }),
      ...work('lMany-s'),
      ...work('lMany-a', { y: 1 }),
      ...work('lMany-e'),
      ...work('lMany-s'),
      cancel(),
    ],
  },
  'listener: an instance that a message began': {
    covers: [...covers, 'message start event'],
    steps: [
      deploy(own('lStart', listening(startMessage('s', 'M1'), 'end:lStart-e'), end(), path('s', 'end'))),
      publish('lStart-M1', '', { variables: { x: 1 } }),
      ...work('lStart-e', { y: 1 }),
    ],
  },
} satisfies Scenarios;
