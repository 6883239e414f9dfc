import type { JsonObject } from '@baton/engine/protocol';
import {
  bpmn,
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  escalationBoundary,
  escalationEnd,
  eventSubProcess,
  flow,
  listening,
  messageBoundary,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  startError,
  startEscalation,
  startMessage,
  startSignal,
  startTimer,
  subProcess,
  terminateEnd,
  throwEscalation,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  complete,
  create,
  deploy,
  resolve,
  type Scenarios,
  type Step,
  setVariables,
  throwError,
  work,
} from '../scenario.ts';

const publish = (name: string, correlationKey: string, variables: JsonObject = {}, more = {}): Step => ({
  rpc: 'PublishMessage',
  message: { name, correlationKey, timeToLive: 0, variables, ...more },
});
const broadcast = (variables: JsonObject = {}): Step => ({
  rpc: 'BroadcastSignal',
  message: { signalName: 'S1', variables },
});

/** A handler with one task, whose job type is that of the process and `-h`. */
const handler = (id: string, begin: string, name = 'h') =>
  eventSubProcess(
    `on-${name}`,
    begin,
    serviceTask(name, { type: `${id}-${name}` }),
    end(`${name}-end`),
    path(/ id="([^"]+)"/.exec(begin)![1]!, name, `${name}-end`),
  );

/** A process with one task and what waits beside it. */
const beside = (id: string, ...content: string[]) =>
  bpmn(id, start(), serviceTask('a', { type: `${id}-a` }), end(), path('start', 'a', 'end'), ...content);

/** The same in a sub-process. */
const inside = (id: string, ...content: string[]) =>
  bpmn(
    id,
    start(),
    subProcess(
      's',
      {},
      start('in'),
      serviceTask('a', { type: `${id}-a` }),
      end('out'),
      path('in', 'a', 'out'),
      ...content,
    ),
    end(),
    path('start', 's', 'end'),
  );

const covers = ['event sub-process'];

export const eventSubProcesses = {
  'event sub-process: a message interrupts the process': {
    covers: [...covers, 'message event sub-process'],
    steps: [
      deploy(beside('espMessage', handler('espMessage', startMessage('began', 'M1')))),
      create('espMessage', { key: 'espMessage' }),
      publish('M1', 'espMessage', { x: 1 }),
      publish('M1', 'espMessage', { x: 2 }),
      ...work('espMessage-h', { y: 1 }),
    ],
  },
  'event sub-process: a message does not interrupt the process': {
    covers: [...covers, 'message event sub-process non-interrupting'],
    steps: [
      deploy(beside('espBeside', handler('espBeside', startMessage('began', 'M1', { interrupting: false })))),
      create('espBeside', { key: 'espBeside' }),
      publish('M1', 'espBeside', { x: 1 }),
      publish('M1', 'espBeside', { x: 2 }),
      ...work('espBeside-a'),
      activate('espBeside-h'),
      complete('espBeside-h', { y: 1 }),
      ...work('espBeside-h', { y: 1 }),
    ],
  },
  'event sub-process: a message that waited begins it at once': {
    covers: [...covers, 'message event sub-process'],
    steps: [
      deploy(beside('espWaited', handler('espWaited', startMessage('began', 'M1')))),
      publish('M1', 'espWaited', { x: 1 }, { timeToLive: 60_000 }),
      create('espWaited', { key: 'espWaited' }),
    ],
  },
  'event sub-process: its subscriptions go with the process': {
    covers,
    steps: [
      deploy(
        beside(
          'espGone',
          handler('espGone', startMessage('m', 'M1', { interrupting: false }), 'hm'),
          handler('espGone', startTimer('t', { duration: 'PT1H' }), 'ht'),
          handler('espGone', startSignal('g'), 'hg'),
        ),
      ),
      create('espGone', { key: 'espGone' }),
      ...work('espGone-a'),
    ],
  },
  'event sub-process: its subscriptions go as the process is canceled': {
    covers,
    steps: [
      deploy(
        beside(
          'espCanceled',
          handler('espCanceled', startMessage('m', 'M1', { interrupting: false }), 'hm'),
          handler('espCanceled', startTimer('t', { duration: 'PT1H' }), 'ht'),
          handler('espCanceled', startSignal('g', 'S1', { interrupting: false }), 'hg'),
        ),
      ),
      create('espCanceled', { key: 'espCanceled' }),
      broadcast({ x: 1 }),
      cancel(),
    ],
  },
  'event sub-process: a timer interrupts a sub-process': {
    covers: [...covers, 'timer event sub-process'],
    steps: [
      deploy(inside('espTimer', handler('espTimer', startTimer('began', { duration: 'PT1M' })))),
      create('espTimer'),
      advance(61_000),
      ...work('espTimer-h', { x: 1 }),
    ],
  },
  'event sub-process: a cycle does not interrupt a sub-process': {
    covers: [...covers, 'timer event sub-process non-interrupting'],
    steps: [
      deploy(
        inside(
          'espCycle',
          handler('espCycle', startTimer('began', { cycle: 'R2/PT1M' }, { interrupting: false })),
        ),
      ),
      create('espCycle'),
      advance(61_000),
      advance(61_000),
      advance(61_000),
      ...work('espCycle-a'),
      activate('espCycle-h'),
      cancel(),
    ],
  },
  'event sub-process: a duration that does not interrupt fires once': {
    covers: [...covers, 'timer event sub-process non-interrupting'],
    steps: [
      deploy(
        inside(
          'espOnce',
          handler('espOnce', startTimer('began', { duration: 'PT1M' }, { interrupting: false })),
        ),
      ),
      create('espOnce'),
      advance(61_000),
      advance(61_000),
      ...work('espOnce-a'),
      ...work('espOnce-h', { x: 1 }),
    ],
  },
  'event sub-process: a date from a variable of the scope': {
    covers: [...covers, 'timer event sub-process'],
    steps: [
      deploy(
        bpmn(
          'espDate',
          start(),
          subProcess(
            's',
            { inputs: [['=base + "T00:00:00Z"', 'when']] },
            start('in'),
            serviceTask('a', { type: 'espDate-a' }),
            path('in', 'a'),
            handler('espDate', startTimer('began', { date: '=when' })),
          ),
          path('start', 's'),
        ),
      ),
      create('espDate', { base: '2020-01-01' }),
    ],
  },
  'event sub-process: an error from a job of its scope': {
    covers: [...covers, 'error event sub-process'],
    steps: [
      deploy(inside('espError', handler('espError', startError('began', 'E1')))),
      create('espError'),
      activate('espError-a'),
      throwError('espError-a', 'E1', { errorMessage: 'm', variables: { x: 1 } }),
      ...work('espError-h', { y: 1 }),
    ],
  },
  'event sub-process: the variables of an error leave by output mappings of its start event': {
    covers: [...covers, 'error event sub-process', 'output mapping', 'quirk 9'],
    steps: [
      deploy(
        inside('espErrorOut', handler('espErrorOut', startError('began', 'E1', { outputs: [['=x', 'y']] }))),
      ),
      create('espErrorOut'),
      activate('espErrorOut-a'),
      throwError('espErrorOut-a', 'E1', { variables: { x: 1, z: 2 } }),
      ...work('espErrorOut-h'),
    ],
  },
  'event sub-process: an error end event of its scope': {
    covers: [...covers, 'error event sub-process', 'error end event'],
    steps: [
      deploy(
        bpmn(
          'espErrorEnd',
          start(),
          errorEnd('fail', 'E1'),
          path('start', 'fail'),
          handler('espErrorEnd', startError('began', undefined)),
        ),
      ),
      create('espErrorEnd'),
      ...work('espErrorEnd-h'),
    ],
  },
  'event sub-process: an error thrown in the handler goes outside': {
    covers: [...covers, 'error event sub-process', 'error boundary event'],
    steps: [
      deploy(
        bpmn(
          'espErrorAgain',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espErrorAgain-a' }),
            path('in', 'a'),
            handler('espErrorAgain', startError('began', 'E1')),
          ),
          errorBoundary('outside', 's', 'E1'),
          end('after'),
          flow('outside', 'after'),
          path('start', 's'),
        ),
      ),
      create('espErrorAgain'),
      activate('espErrorAgain-a'),
      throwError('espErrorAgain-a', 'E1'),
      activate('espErrorAgain-h'),
      throwError('espErrorAgain-h', 'E1'),
    ],
  },
  'event sub-process: an error that nobody catches names what it could have been': {
    covers: [...covers, 'error event sub-process', 'incident'],
    steps: [
      deploy(
        bpmn(
          'espUncaught',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espUncaught-a' }),
            path('in', 'a'),
            handler('espUncaught', startError('e1', 'E1'), 'h1'),
            handler('espUncaught', startError('e2', 'E2'), 'h2'),
          ),
          errorBoundary('outside', 's', 'E3'),
          path('start', 's'),
        ),
      ),
      create('espUncaught'),
      activate('espUncaught-a'),
      throwError('espUncaught-a', 'E9'),
      cancel(),
    ],
  },
  'event sub-process: with equal codes it goes before the boundary event (quirk 10)': {
    covers: [...covers, 'quirk 10'],
    steps: [
      deploy(
        bpmn(
          'espEqual',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espEqual-a' }),
            path('in', 'a'),
            handler('espEqual', startError('began', 'E1')),
          ),
          errorBoundary('outside', 's', 'E1'),
          path('start', 's'),
        ),
      ),
      create('espEqual'),
      activate('espEqual-a'),
      throwError('espEqual-a', 'E1'),
      cancel(),
    ],
  },
  'event sub-process: the code outside goes before the one for all inside (quirk 10)': {
    covers: [...covers, 'quirk 10'],
    steps: [
      deploy(
        bpmn(
          'espOutside',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espOutside-a' }),
            path('in', 'a'),
            handler('espOutside', startError('began', undefined)),
          ),
          errorBoundary('outside', 's', 'E1'),
          end('after'),
          path('outside', 'after'),
          path('start', 's'),
        ),
      ),
      create('espOutside'),
      activate('espOutside-a'),
      throwError('espOutside-a', 'E1'),
    ],
  },
  'event sub-process: the one for all inside goes before the one for all outside (quirk 10)': {
    covers: [...covers, 'quirk 10'],
    steps: [
      deploy(
        bpmn(
          'espAll',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espAll-a' }),
            path('in', 'a'),
            handler('espAll', startError('began', undefined)),
          ),
          errorBoundary('outside', 's', undefined),
          path('start', 's'),
        ),
      ),
      create('espAll'),
      activate('espAll-a'),
      throwError('espAll-a', 'E1'),
      cancel(),
    ],
  },
  'event sub-process: an escalation interrupts': {
    covers: [...covers, 'escalation event sub-process'],
    steps: [
      deploy(
        bpmn(
          'espEscalation',
          start(),
          parallelGateway('fork'),
          serviceTask('a', { type: 'espEscalation-a' }),
          throwEscalation('raise', 'X1'),
          end('raised'),
          path('start', 'fork', 'raise', 'raised'),
          path('fork', 'a'),
          handler('espEscalation', startEscalation('began', 'X1')),
        ),
      ),
      create('espEscalation'),
      ...work('espEscalation-h'),
    ],
  },
  'event sub-process: an escalation does not interrupt': {
    covers: [...covers, 'escalation event sub-process non-interrupting'],
    steps: [
      deploy(
        bpmn(
          'espEscalationBeside',
          start(),
          escalationEnd('raise', 'X2'),
          path('start', 'raise'),
          handler('espEscalationBeside', startEscalation('began', undefined, { interrupting: false })),
        ),
      ),
      create('espEscalationBeside'),
      ...work('espEscalationBeside-h'),
    ],
  },
  'event sub-process: an escalation in the handler goes outside': {
    covers: [...covers, 'escalation event sub-process', 'escalation boundary event'],
    steps: [
      deploy(
        bpmn(
          'espEscalationAgain',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            throwEscalation('raise', 'X1'),
            end('out'),
            path('in', 'raise', 'out'),
            eventSubProcess(
              'on-x',
              startEscalation('began', 'X1', { interrupting: false }),
              escalationEnd('again', 'X2'),
              path('began', 'again'),
            ),
          ),
          escalationBoundary('outside', 's', 'X2', { interrupting: false }),
          end('after'),
          path('outside', 'after'),
          path('start', 's'),
        ),
      ),
      create('espEscalationAgain'),
    ],
  },
  'event sub-process: a signal interrupts, with output mappings': {
    covers: [...covers, 'signal event sub-process', 'output mapping'],
    steps: [
      deploy(
        inside('espSignal', handler('espSignal', startSignal('began', 'S1', { outputs: [['=x + 1', 'y']] }))),
      ),
      create('espSignal'),
      broadcast({ x: 1 }),
      broadcast({ x: 2 }),
      ...work('espSignal-h'),
    ],
  },
  'event sub-process: a signal does not interrupt and its variables go up': {
    covers: [...covers, 'signal event sub-process non-interrupting'],
    steps: [
      deploy(
        bpmn(
          'espSignalUp',
          start(),
          subProcess(
            's',
            { inputs: [['=0', 'x']] },
            start('in'),
            serviceTask('a', { type: 'espSignalUp-a' }),
            path('in', 'a'),
            handler('espSignalUp', startSignal('began', 'S1', { interrupting: false })),
          ),
          path('start', 's'),
        ),
      ),
      create('espSignalUp'),
      broadcast({ x: 1, y: 1 }),
      broadcast({ x: 2, y: 2 }),
      ...work('espSignalUp-a'),
      cancel(),
    ],
  },
  'event sub-process: several begin and one interrupts': {
    covers,
    steps: [
      deploy(
        inside(
          'espSeveral',
          handler('espSeveral', startMessage('m', 'M1', { interrupting: false }), 'hm'),
          handler('espSeveral', startSignal('g'), 'hg'),
          handler('espSeveral', startMessage('n', 'M2'), 'hn'),
        ),
      ),
      create('espSeveral', { key: 'espSeveral' }),
      publish('M1', 'espSeveral', { x: 1 }),
      broadcast({ y: 1 }),
      publish('M2', 'espSeveral'),
      publish('M1', 'espSeveral'),
      ...work('espSeveral-hg'),
    ],
  },
  'event sub-process: an interruption waits for what is inside to be gone': {
    covers: [...covers, 'call activity'],
    steps: [
      deploy(
        bpmn(
          'espDeep',
          start(),
          parallelGateway('fork'),
          callActivity('call', 'espDeepCalled'),
          subProcess('s', {}, start('in'), serviceTask('a', { type: 'espDeep-a' }), path('in', 'a')),
          path('start', 'fork', 'call'),
          path('fork', 's'),
          handler('espDeep', startSignal('began')),
        ).replace(
          '</bpmn:definitions>',
          `<bpmn:process id="espDeepCalled" isExecutable="true">${
            start('cs') + serviceTask('c', { type: 'espDeep-c' }) + path('cs', 'c')
          }</bpmn:process></bpmn:definitions>`,
        ),
      ),
      create('espDeep'),
      broadcast(),
      ...work('espDeep-h'),
    ],
  },
  'event sub-process: in a called process it catches before the caller': {
    covers: [...covers, 'call activity', 'error event sub-process'],
    steps: [
      deploy(
        bpmn(
          'espCalling',
          start(),
          callActivity('call', 'espCalled'),
          errorBoundary('outside', 'call', 'E1'),
          end('after'),
          path('outside', 'after'),
          path('start', 'call'),
        ).replace(
          '</bpmn:definitions>',
          `<bpmn:process id="espCalled" isExecutable="true">${
            start('cs') +
            serviceTask('c', { type: 'espCalled-c' }) +
            path('cs', 'c') +
            eventSubProcess('on-e', startError('ce', 'E1'), end('ce-end'), path('ce', 'ce-end'))
          }</bpmn:process></bpmn:definitions>`,
        ),
      ),
      create('espCalling'),
      activate('espCalled-c'),
      throwError('espCalled-c', 'E1', { variables: { x: 1 } }),
    ],
  },
  'event sub-process: of the caller catches what the called process does not': {
    covers: [...covers, 'call activity', 'error event sub-process'],
    steps: [
      deploy(
        bpmn(
          'espCaller',
          start(),
          callActivity('call', 'espCallee'),
          path('start', 'call'),
          handler('espCaller', startError('began', 'E1')),
        ).replace(
          '</bpmn:definitions>',
          `<bpmn:process id="espCallee" isExecutable="true">${
            start('cs') + serviceTask('c', { type: 'espCallee-c' }) + path('cs', 'c')
          }</bpmn:process></bpmn:definitions>`,
        ),
      ),
      create('espCaller'),
      activate('espCallee-c'),
      throwError('espCallee-c', 'E1', { variables: { x: 1 } }),
      ...work('espCaller-h'),
    ],
  },
  'event sub-process: each instance of many has its own': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'espMany',
          start(),
          multiInstance(
            subProcess(
              's',
              {},
              start('in'),
              serviceTask('a', { type: 'espMany-a' }),
              path('in', 'a'),
              handler('espMany', startMessage('began', 'M1')),
            ),
            { over: '=keys', as: 'key', collection: 'all', element: '=y' },
          ),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('espMany', { keys: ['espMany1', 'espMany2'] }),
      publish('M1', 'espMany2', { x: 1 }),
      ...work('espMany-h', { y: 7 }),
      ...work('espMany-a', { y: 8 }),
    ],
  },
  'event sub-process: within another': {
    covers,
    steps: [
      deploy(
        beside(
          'espNested',
          eventSubProcess(
            'outer',
            startMessage('m', 'M1'),
            serviceTask('b', { type: 'espNested-b' }),
            path('m', 'b'),
            eventSubProcess(
              'inner',
              startMessage('n', 'M2'),
              serviceTask('c', { type: 'espNested-c' }),
              path('n', 'c'),
            ),
          ),
        ),
      ),
      create('espNested', { key: 'espNested' }),
      publish('M1', 'espNested'),
      publish('M2', 'espNested'),
      ...work('espNested-b'),
    ],
  },
  'event sub-process: within another, by an error': {
    covers: [...covers, 'error event sub-process'],
    steps: [
      deploy(
        beside(
          'espNestedError',
          eventSubProcess(
            'outer',
            startMessage('m', 'M1'),
            serviceTask('b', { type: 'espNestedError-b' }),
            path('m', 'b'),
            handler('espNestedError', startError('failed', 'E1'), 'inner'),
          ),
        ),
      ),
      create('espNestedError', { key: 'espNestedError' }),
      publish('M1', 'espNestedError'),
      activate('espNestedError-b'),
      throwError('espNestedError-b', 'E1'),
      cancel(),
    ],
  },
  'event sub-process: within another that does not interrupt': {
    covers,
    steps: [
      deploy(
        beside(
          'espNestedBeside',
          eventSubProcess(
            'outer',
            startMessage('m', 'M1', { interrupting: false }),
            serviceTask('b', { type: 'espNestedBeside-b' }),
            path('m', 'b'),
            handler('espNestedBeside', startMessage('n', 'M2'), 'inner'),
          ),
        ),
      ),
      create('espNestedBeside', { key: 'espNestedBeside' }),
      publish('M1', 'espNestedBeside'),
      publish('M2', 'espNestedBeside'),
      activate('espNestedBeside-inner'),
      ...work('espNestedBeside-a'),
    ],
  },
  'event sub-process: within another that interrupts, by a timer and a signal': {
    covers: [...covers, 'timer event sub-process', 'signal event sub-process'],
    steps: [
      deploy(
        beside(
          'espNestedTimer',
          eventSubProcess(
            'outer',
            startMessage('m', 'M1'),
            serviceTask('b', { type: 'espNestedTimer-b' }),
            path('m', 'b'),
            handler('espNestedTimer', startTimer('t', { duration: 'PT1M' }, { interrupting: false }), 'ht'),
            handler('espNestedTimer', startSignal('g', 'S1', { interrupting: false }), 'hg'),
          ),
        ),
      ),
      create('espNestedTimer', { key: 'espNestedTimer' }),
      publish('M1', 'espNestedTimer'),
      advance(61_000),
      broadcast(),
      cancel(),
    ],
  },
  'event sub-process: a boundary event of a scope that was interrupted': {
    covers: [...covers, 'message boundary event'],
    steps: [
      deploy(
        bpmn(
          'espInterruptedBoundary',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espInterruptedBoundary-a' }),
            path('in', 'a'),
            handler('espInterruptedBoundary', startMessage('m', 'M1')),
          ),
          messageBoundary('b', 's', 'M2'),
          end('after'),
          path('b', 'after'),
          path('start', 's'),
        ),
      ),
      create('espInterruptedBoundary', { key: 'espInterruptedBoundary' }),
      publish('M1', 'espInterruptedBoundary'),
      publish('M2', 'espInterruptedBoundary'),
    ],
  },
  'event sub-process: a process that begins in the middle waits for its events': {
    covers: [...covers, 'start instructions'],
    steps: [
      deploy(beside('espMiddle', handler('espMiddle', startSignal('began')))),
      create('espMiddle', {}, { startInstructions: [{ elementId: 'a' }] }),
      broadcast(),
      ...work('espMiddle-h'),
    ],
  },
  'event sub-process: a sub-process entered in the middle waits for its events': {
    covers: [...covers, 'start instructions'],
    steps: [
      deploy(inside('espMiddleIn', handler('espMiddleIn', startSignal('began')))),
      create('espMiddleIn', {}, { startInstructions: [{ elementId: 'a' }] }),
      broadcast(),
      ...work('espMiddleIn-h'),
    ],
  },
  'event sub-process: a listener at the start event before it': {
    covers: [...covers, 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'espStartListened',
          listening(start(), 'end:espStartListened-e'),
          serviceTask('a', { type: 'espStartListened-a' }),
          path('start', 'a'),
          handler('espStartListened', startMessage('began', 'M1')),
        ),
      ),
      create('espStartListened'),
      ...work('espStartListened-e', { key: 'espStartListened' }),
      cancel(),
    ],
  },
  'event sub-process: of the process interrupts a sub-process that has its own': {
    covers,
    steps: [
      deploy(
        bpmn(
          'espOuter',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espOuter-a' }),
            path('in', 'a'),
            handler('espOuter', startMessage('n', 'M2'), 'hn'),
          ),
          path('start', 's'),
          handler('espOuter', startMessage('m', 'M1'), 'hm'),
        ),
      ),
      create('espOuter', { key: 'espOuter' }),
      publish('M2', 'espOuter'),
      publish('M1', 'espOuter'),
      ...work('espOuter-hm'),
    ],
  },
  'event sub-process: a correlation key that cannot be read stops the process': {
    covers: [...covers, 'incident'],
    steps: [
      deploy(beside('espNoKey', handler('espNoKey', startMessage('began', 'M1')))),
      create('espNoKey'),
      setVariables('$instance', { key: 'espNoKey' }),
      resolve('start'),
      publish('M1', 'espNoKey'),
      ...work('espNoKey-h'),
    ],
  },
  'event sub-process: canceled where its key could not be read': {
    covers: [...covers, 'incident', 'CancelProcessInstance'],
    steps: [
      deploy(beside('espNoKeyCancel', handler('espNoKeyCancel', startMessage('began', 'M1')))),
      create('espNoKeyCancel'),
      cancel(),
    ],
  },
  'event sub-process: a duration that cannot be read stops its scope': {
    covers: [...covers, 'incident', 'timer event sub-process'],
    steps: [
      deploy(inside('espNoTime', handler('espNoTime', startTimer('began', { duration: '=wait' })))),
      create('espNoTime'),
      setVariables('$instance', { wait: 'PT1M' }),
      resolve('in'),
      advance(61_000),
      ...work('espNoTime-h'),
    ],
  },
  'event sub-process: variables of the scope are there for its correlation key': {
    covers: [...covers, 'input mapping'],
    steps: [
      deploy(
        bpmn(
          'espInput',
          start(),
          subProcess(
            's',
            { inputs: [['="espInput"', 'key']] },
            start('in'),
            serviceTask('a', { type: 'espInput-a' }),
            path('in', 'a'),
            handler('espInput', startMessage('began', 'M1')),
          ),
          path('start', 's'),
        ),
      ),
      create('espInput'),
      publish('M1', 'espInput', { x: 1 }),
      ...work('espInput-h', { y: 1 }),
    ],
  },
  'event sub-process: listeners of the scope come before its subscriptions': {
    covers: [...covers, 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'espListened',
          start(),
          listening(
            subProcess(
              's',
              {},
              start('in'),
              serviceTask('a', { type: 'espListened-a' }),
              path('in', 'a'),
              handler('espListened', startMessage('began', 'M1')),
            ),
            'start:espListened-s',
            'end:espListened-e',
          ),
          path('start', 's'),
        ),
      ),
      create('espListened'),
      ...work('espListened-s', { key: 'espListened' }),
      ...work('espListened-a'),
      publish('M1', 'espListened'),
      ...work('espListened-e'),
    ],
  },
  'event sub-process: listeners at it and at its start event': {
    covers: [...covers, 'execution listener'],
    steps: [
      deploy(
        beside(
          'espOwn',
          listening(
            eventSubProcess(
              'on-g',
              listening(startSignal('began'), 'end:espOwn-began'),
              end('h-end'),
              path('began', 'h-end'),
            ),
            'start:espOwn-s',
            'end:espOwn-e',
          ),
        ),
      ),
      create('espOwn'),
      broadcast({ x: 1 }),
      ...work('espOwn-s', { l: 1 }),
      ...work('espOwn-began'),
      ...work('espOwn-e', { m: 1 }),
    ],
  },
  'event sub-process: output mappings of its start event that fail stop it': {
    covers: [...covers, 'incident', 'output mapping'],
    steps: [
      deploy(
        beside(
          'espBadOut',
          handler('espBadOut', startSignal('began', 'S1', { outputs: [['=assert(x, x > 5)', 'y']] })),
        ),
      ),
      create('espBadOut'),
      broadcast({ x: 1 }),
      setVariables('$element.began', { x: 7 }, true),
      resolve('began'),
      cancel(),
    ],
  },
  'event sub-process: a terminate end event in it ends it alone': {
    covers: [...covers, 'terminate end event'],
    steps: [
      deploy(
        beside(
          'espTerminate',
          eventSubProcess(
            'on-g',
            startSignal('began', 'S1', { interrupting: false }),
            parallelGateway('fork'),
            serviceTask('b', { type: 'espTerminate-b' }),
            terminateEnd('stop'),
            path('began', 'fork', 'b'),
            path('fork', 'stop'),
          ),
        ),
      ),
      create('espTerminate'),
      broadcast(),
      ...work('espTerminate-a'),
    ],
  },
  'event sub-process: a terminate end event beside it takes it along': {
    covers: [...covers, 'terminate end event'],
    steps: [
      deploy(
        bpmn(
          'espTaken',
          start(),
          serviceTask('a', { type: 'espTaken-a' }),
          terminateEnd('stop'),
          path('start', 'a', 'stop'),
          handler('espTaken', startSignal('began', 'S1', { interrupting: false })),
        ),
      ),
      create('espTaken'),
      broadcast(),
      ...work('espTaken-a'),
    ],
  },
  'event sub-process: a boundary event ends the scope with its handler': {
    covers: [...covers, 'message boundary event'],
    steps: [
      deploy(
        bpmn(
          'espBoundary',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'espBoundary-a' }),
            path('in', 'a'),
            handler('espBoundary', startMessage('m', 'M1', { interrupting: false })),
          ),
          messageBoundary('b', 's', 'M2'),
          end('after'),
          path('b', 'after'),
          path('start', 's'),
        ),
      ),
      create('espBoundary', { key: 'espBoundary' }),
      publish('M1', 'espBoundary'),
      publish('M2', 'espBoundary'),
    ],
  },
  'event sub-process: the scope ends when the last handler has': {
    covers,
    steps: [
      deploy(inside('espLast', handler('espLast', startSignal('began', 'S1', { interrupting: false })))),
      create('espLast'),
      broadcast(),
      ...work('espLast-a'),
      broadcast(),
      activate('espLast-h'),
      complete('espLast-h'),
      ...work('espLast-h'),
    ],
  },
} satisfies Scenarios;
