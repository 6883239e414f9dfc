import {
  catchMessage,
  end,
  messageBoundary,
  messageEnd,
  path,
  receiveTask,
  serviceTask,
  start,
  startMessage,
  subProcess,
  throwMessage,
} from '../../bpmn.ts';
import {
  advance,
  cancel,
  create,
  deploy,
  own,
  publish,
  resolve,
  type Scenarios,
  setVariables,
  work,
} from '../scenario.ts';

const catching = (id: string, outputs?: readonly (readonly [string, string])[]) =>
  own(id, start(), catchMessage('c', 'M1', outputs), end(), path('start', 'c', 'end'));
const receiving = (id: string, options = {}) =>
  own(id, start(), receiveTask('r', 'M1', options), end(), path('start', 'r', 'end'));
const interrupted = (id: string, interrupting: boolean, outputs?: readonly (readonly [string, string])[]) =>
  own(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    messageBoundary('b', 'a', 'M1', { interrupting, ...(outputs && { outputs }) }),
    end(),
    end('after'),
    path('start', 'a', 'end'),
    path('b', 'after'),
  );
const begun = (id: string) =>
  own(id, startMessage('s', 'M1'), serviceTask('a', { type: `${id}-a` }), end(), path('s', 'a', 'end'));

export const messageEvents = {
  'message catch: waits and goes on with what came': {
    covers: ['message catch event', 'PublishMessage'],
    steps: [
      deploy(catching('mCatch')),
      create('mCatch', { key: 'k1', x: 0 }),
      publish('mCatch-M1', 'other', { variables: { x: 1 } }),
      publish('mCatch-M1', 'k1', { variables: { x: 2, y: 3 } }),
    ],
  },
  'message catch: output mappings choose what stays': {
    covers: ['message catch event', 'output mapping'],
    steps: [
      deploy(catching('mCatchOut', [['=x + 1', 'z']])),
      create('mCatchOut', { key: 'k2' }),
      publish('mCatchOut-M1', 'k2', { variables: { x: 2, y: 3 } }),
    ],
  },
  'message catch: a message that came before waits for it': {
    covers: ['message catch event', 'PublishMessage'],
    steps: [
      deploy(catching('mBuffered')),
      publish('mBuffered-M1', 'k', { timeToLive: 60_000, variables: { n: 1 } }),
      publish('mBuffered-M1', 'k', { timeToLive: 60_000, variables: { n: 2 } }),
      create('mBuffered', { key: 'k' }),
      create('mBuffered', { key: 'k' }),
      create('mBuffered', { key: 'k' }),
      cancel(),
    ],
  },
  'message catch: one whose time is over comes too late': {
    covers: ['message catch event', 'PublishMessage'],
    steps: [
      deploy(catching('mLate')),
      publish('mLate-M1', 'k', { timeToLive: 1000 }),
      advance(2500),
      create('mLate', { key: 'k' }),
      cancel(),
    ],
  },
  'message catch: one message for two instances goes to the older': {
    covers: ['message catch event'],
    steps: [
      deploy(catching('mTwo')),
      create('mTwo', { key: 'k', n: 1 }),
      create('mTwo', { key: 'k', n: 2 }),
      publish('mTwo-M1', 'k'),
      publish('mTwo-M1', 'k'),
    ],
  },
  'message catch: two in one instance, one message (quirk 17)': {
    covers: ['message catch event', 'quirk 17'],
    steps: [
      deploy(
        own(
          'mBoth',
          start(),
          '<bpmn:parallelGateway id="f" />',
          catchMessage('c1', 'M1'),
          catchMessage('c2', 'M1'),
          end('e1'),
          end('e2'),
          path('start', 'f', 'c1', 'e1'),
          path('f', 'c2', 'e2'),
        ),
      ),
      create('mBoth', { key: 'k' }),
      publish('mBoth-M1', 'k', { timeToLive: 60_000 }),
      publish('mBoth-M1', 'k'),
    ],
  },
  'message catch: one message for two processes': {
    covers: ['message catch event'],
    steps: [
      deploy(catching('mShare')),
      deploy(catching('mShare2').replaceAll('mShare2-M1', 'mShare-M1')),
      create('mShare', { key: 'k' }),
      create('mShare2', { key: 'k' }),
      publish('mShare-M1', 'k'),
    ],
  },
  'message catch: a number as key': {
    covers: ['message catch event'],
    steps: [deploy(catching('mNumber')), create('mNumber', { key: 12 }), publish('mNumber-M1', '12')],
  },
  'message catch: an empty key': {
    covers: ['message catch event'],
    steps: [deploy(catching('mEmpty')), create('mEmpty', { key: '' }), publish('mEmpty-M1', '')],
  },
  'message catch: a key that is missing stops it': {
    covers: ['message catch event', 'incident', 'ResolveIncident'],
    steps: [
      deploy(catching('mNoKey')),
      create('mNoKey'),
      setVariables('$instance', { key: 'k' }),
      resolve('c'),
      publish('mNoKey-M1', 'k'),
    ],
  },
  'message catch: a key that is a list stops it': {
    covers: ['message catch event', 'incident'],
    steps: [deploy(catching('mListKey')), create('mListKey', { key: [1] }), cancel()],
  },
  'message catch: canceled while it waits': {
    covers: ['message catch event', 'CancelProcessInstance'],
    steps: [
      deploy(catching('mCancel')),
      create('mCancel', { key: 'k' }),
      cancel(),
      publish('mCancel-M1', 'k'),
    ],
  },
  'receive task: waits for its message': {
    covers: ['receive task'],
    steps: [
      deploy(receiving('mReceive', { inputs: [['=key', 'mine']], outputs: [['=x', 'y']] })),
      create('mReceive', { key: 'k' }),
      publish('mReceive-M1', 'k', { variables: { x: 1 } }),
    ],
  },
  'receive task: a key that is missing stops it': {
    covers: ['receive task', 'incident'],
    steps: [deploy(receiving('mReceiveBad')), create('mReceiveBad'), cancel()],
  },
  'receive task: the key comes from its input mapping': {
    covers: ['receive task', 'input mapping'],
    steps: [
      deploy(receiving('mReceiveIn', { inputs: [['=other', 'key']] })),
      create('mReceiveIn', { other: 'k' }),
      publish('mReceiveIn-M1', 'k'),
    ],
  },
  'receive task: interrupted by a message': {
    covers: ['receive task', 'message boundary event'],
    steps: [
      deploy(
        own(
          'mReceiveInt',
          start(),
          receiveTask('r', 'M1'),
          messageBoundary('b', 'r', 'M2'),
          end(),
          end('after'),
          path('start', 'r', 'end'),
          path('b', 'after'),
        ),
      ),
      create('mReceiveInt', { key: 'k' }),
      publish('mReceiveInt-M2', 'k', { variables: { x: 1 } }),
      publish('mReceiveInt-M1', 'k'),
    ],
  },
  'message boundary: interrupts': {
    covers: ['message boundary event'],
    steps: [
      deploy(interrupted('mInt', true)),
      create('mInt', { key: 'k' }),
      publish('mInt-M1', 'k', { variables: { x: 1 } }),
    ],
  },
  'message boundary: beside the task, each message once': {
    covers: ['message boundary event non-interrupting'],
    steps: [
      deploy(interrupted('mBeside', false)),
      create('mBeside', { key: 'k' }),
      publish('mBeside-M1', 'k', { variables: { x: 1 } }),
      publish('mBeside-M1', 'k', { variables: { x: 2 }, timeToLive: 60_000 }),
      ...work('mBeside-a'),
    ],
  },
  'message boundary: output mappings': {
    covers: ['message boundary event', 'output mapping'],
    steps: [
      deploy(interrupted('mIntOut', true, [['=x', 'y']])),
      create('mIntOut', { key: 'k' }),
      publish('mIntOut-M1', 'k', { variables: { x: 1, z: 2 } }),
    ],
  },
  'message boundary: one that waits interrupts at once': {
    covers: ['message boundary event'],
    steps: [
      deploy(interrupted('mIntBuffered', true)),
      publish('mIntBuffered-M1', 'k', { timeToLive: 60_000, variables: { x: 1 } }),
      create('mIntBuffered', { key: 'k' }),
    ],
  },
  'message boundary: those that wait come one after the other': {
    covers: ['message boundary event non-interrupting'],
    steps: [
      deploy(interrupted('mBesideBuffered', false)),
      publish('mBesideBuffered-M1', 'k', { timeToLive: 60_000, variables: { x: 1 } }),
      publish('mBesideBuffered-M1', 'k', { timeToLive: 60_000, variables: { x: 2 } }),
      create('mBesideBuffered', { key: 'k' }),
      ...work('mBesideBuffered-a'),
    ],
  },
  'message boundary: its key is looked for outside the task': {
    covers: ['message boundary event', 'incident', 'ResolveIncident'],
    steps: [
      deploy(
        own(
          'mIntScope',
          start(),
          serviceTask('a', { type: 'mIntScope-a', inputs: [['inner', 'key']] }),
          messageBoundary('b', 'a', 'M1'),
          end('after'),
          path('start', 'a'),
          path('b', 'after'),
        ),
      ),
      create('mIntScope'),
      setVariables('$instance', { key: 'outer' }),
      resolve('a'),
      publish('mIntScope-M1', 'inner'),
      publish('mIntScope-M1', 'outer'),
    ],
  },
  'message boundary: on a sub-process': {
    covers: ['message boundary event', 'embedded sub-process'],
    steps: [
      deploy(
        own(
          'mIntSub',
          start(),
          subProcess('s', {}, start('in'), serviceTask('a', { type: 'mIntSub-a' }), path('in', 'a')),
          messageBoundary('b', 's', 'M1'),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('mIntSub', { key: 'k' }),
      publish('mIntSub-M1', 'k'),
    ],
  },
  'message start: begins an instance': {
    covers: ['message start event'],
    steps: [
      deploy(begun('mStart')),
      publish('mStart-M1', '', { variables: { x: 1 } }),
      ...work('mStart-a', { y: 2 }),
      publish('mStart-M1', ''),
      publish('mStart-M1', ''),
    ],
  },
  'message start: with a key one at a time': {
    covers: ['message start event'],
    steps: [
      deploy(begun('mLock')),
      publish('mLock-M1', 'k', { variables: { n: 1 } }),
      publish('mLock-M1', 'k', { variables: { n: 2 }, timeToLive: 60_000 }),
      publish('mLock-M1', 'k', { variables: { n: 3 }, timeToLive: 60_000 }),
      publish('mLock-M1', 'other', { variables: { n: 4 } }),
      ...work('mLock-a'),
    ],
  },
  'message start: the next begins when the instance is canceled': {
    covers: ['message start event', 'CancelProcessInstance'],
    steps: [
      deploy(begun('mLockCancel')),
      publish('mLockCancel-M1', 'k', { variables: { n: 1 } }),
      publish('mLockCancel-M1', 'k', { variables: { n: 2 }, timeToLive: 60_000 }),
      { rpc: 'CancelProcessInstance', message: { processInstanceKey: '$element.mLockCancel' } },
      { rpc: 'CancelProcessInstance', message: { processInstanceKey: '$element.mLockCancel' } },
    ],
  },
  'message start: a message from before the deployment': {
    covers: ['message start event'],
    steps: [
      publish('mEarly-M1', 'k', { timeToLive: 60_000 }),
      deploy(begun('mEarly')),
      publish('mEarly-M1', 'k'),
    ],
  },
  'message start: a new version takes over': {
    covers: ['message start event', 'DeployResource'],
    steps: [
      deploy(begun('mVersions')),
      deploy(begun('mVersions').replace('id="s"', 'id="s" name="new"')),
      publish('mVersions-M1', '', { variables: { x: 1 } }),
      ...work('mVersions-a'),
    ],
  },
  'message start: two messages of one process': {
    covers: ['message start event'],
    steps: [
      deploy(
        own(
          'mTwoStarts',
          startMessage('s1', 'M1'),
          startMessage('s2', 'M2'),
          serviceTask('a', { type: 'mTwoStarts-a' }),
          path('s1', 'a'),
          path('s2', 'a'),
        ),
      ),
      publish('mTwoStarts-M2', 'k'),
      publish('mTwoStarts-M1', 'k', { timeToLive: 60_000 }),
      create('mTwoStarts'),
      ...work('mTwoStarts-a'),
    ],
  },
  'message start: a start and a catch of one process': {
    covers: ['message start event', 'message catch event'],
    steps: [
      deploy(
        own('mStartCatch', startMessage('s', 'M1'), catchMessage('c', 'M2'), end(), path('s', 'c', 'end')),
      ),
      publish('mStartCatch-M1', 'k', { variables: { key: 'k' } }),
      publish('mStartCatch-M2', 'k'),
    ],
  },
  'message throw and end: by a worker': {
    covers: ['message throw event', 'message end event'],
    steps: [
      deploy(
        own(
          'mThrow',
          start(),
          throwMessage('mThrow-t'),
          messageEnd('mThrow-e'),
          path('start', 'mThrow-t', 'mThrow-e'),
        ),
      ),
      create('mThrow'),
      ...work('mThrow-t', { x: 1 }),
      ...work('mThrow-e', { y: 1 }),
    ],
  },
  'message throw: canceled while a worker has it': {
    covers: ['message throw event', 'CancelProcessInstance'],
    steps: [
      deploy(own('mThrowCancel', start(), throwMessage('mThrowCancel-t'), path('start', 'mThrowCancel-t'))),
      create('mThrowCancel'),
      cancel(),
    ],
  },
} satisfies Scenarios;
