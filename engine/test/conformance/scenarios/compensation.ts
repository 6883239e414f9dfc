import {
  bpmn,
  callActivity,
  compensable,
  compensationEnd,
  end,
  errorBoundary,
  eventSubProcess,
  exclusiveGateway,
  flow,
  listening,
  manualTask,
  multiInstance,
  parallelGateway,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  start,
  startError,
  startSignal,
  subProcess,
  terminateEnd,
  throwCompensation,
  undefinedTask,
  userTask,
} from '../../bpmn.ts';
import {
  activate,
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
} from '../scenario.ts';

const covers = ['compensation'];

/** A task and the task that undoes it; their job types are those of the process with the names behind. */
const undoable = (id: string, name: string, options: Parameters<typeof serviceTask>[1] = {}) =>
  compensable(
    serviceTask(name, { type: `${id}-${name}` }),
    serviceTask(`un${name}`, { type: `${id}-un${name}`, ...options }),
  );

/** Start, the tasks in a row, and what comes then. */
const row = (id: string, names: string[], then: string, thenId: string, ...more: string[]) =>
  bpmn(
    id,
    start(),
    ...names.map((name) => undoable(id, name)),
    then,
    path('start', ...names, thenId),
    ...more,
  );

const thrown = (id: string, names: string[], activity?: string) =>
  row(id, names, throwCompensation('back', activity), 'back', end(), path('back', 'end'));

/** Takes one job of a type and completes it, while others wait. */
const workOne = (type: string): Step[] => [activate(type, { maxJobsToActivate: 1 }), complete(type)];

const broadcast = (): Step => ({
  rpc: 'BroadcastSignal',
  message: { signalName: 'S1', variables: {} },
});

export const compensation = {
  'compensation: a task that was done is undone': {
    covers: [...covers, 'compensation boundary event', 'compensation throw event'],
    steps: [
      deploy(thrown('coOne', ['a'])),
      create('coOne', { v: 1 }),
      ...work('coOne-a', { done: true }),
      ...work('coOne-una', { undone: true }),
    ],
  },
  'compensation: handlers run together and the throw event waits for all': {
    covers,
    steps: [
      deploy(thrown('coTwo', ['a', 'b'])),
      create('coTwo'),
      ...work('coTwo-a'),
      ...work('coTwo-b'),
      activate('coTwo-una'),
      complete('coTwo-una'),
      ...work('coTwo-unb'),
    ],
  },
  'compensation: by an end event': {
    covers: [...covers, 'compensation end event'],
    steps: [
      deploy(row('coEnd', ['a'], compensationEnd('back'), 'back')),
      create('coEnd'),
      ...work('coEnd-a'),
      ...work('coEnd-una'),
    ],
  },
  'compensation: of nothing passes': {
    covers,
    steps: [
      deploy(
        bpmn(
          'coNothing',
          start(),
          undoable('coNothing', 'a'),
          throwCompensation('back'),
          path('start', 'back', 'a'),
        ),
      ),
      create('coNothing'),
      cancel(),
    ],
  },
  'compensation: of one activity': {
    covers,
    steps: [
      deploy(thrown('coRef', ['a', 'b'], 'a')),
      create('coRef'),
      ...work('coRef-a'),
      ...work('coRef-b'),
      ...work('coRef-una'),
    ],
  },
  'compensation: of one activity that was not done': {
    covers,
    steps: [
      deploy(
        bpmn(
          'coRefNone',
          start(),
          undoable('coRefNone', 'a'),
          undoable('coRefNone', 'b'),
          throwCompensation('back', 'b'),
          path('start', 'a', 'back', 'b'),
        ),
      ),
      create('coRefNone'),
      ...work('coRefNone-a'),
    ],
  },
  'compensation: each time it was done': {
    covers: [...covers, 'exclusive gateway'],
    steps: [
      deploy(
        bpmn(
          'coLoop',
          start(),
          exclusiveGateway('again'),
          undoable('coLoop', 'a'),
          exclusiveGateway('done', 'done-back'),
          throwCompensation('back'),
          end(),
          path('start', 'again', 'a', 'done', 'back', 'end'),
          flow('done', 'again', '=more'),
        ),
      ),
      create('coLoop'),
      ...work('coLoop-a', { more: true }),
      ...work('coLoop-a', { more: false }),
      ...workOne('coLoop-una'),
      ...workOne('coLoop-una'),
    ],
  },
  'compensation: once only': {
    covers,
    steps: [
      deploy(
        bpmn(
          'coOnce',
          start(),
          undoable('coOnce', 'a'),
          throwCompensation('back'),
          throwCompensation('more'),
          end(),
          path('start', 'a', 'back', 'more', 'end'),
        ),
      ),
      create('coOnce'),
      ...work('coOnce-a'),
      ...work('coOnce-una'),
    ],
  },
  'compensation: reaches into a sub-process that was done': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coInto',
          start(),
          subProcess('s', {}, start('in'), undoable('coInto', 'a'), end('out'), path('in', 'a', 'out')),
          undoable('coInto', 'b'),
          throwCompensation('back'),
          end(),
          path('start', 's', 'b', 'back', 'end'),
        ),
      ),
      create('coInto'),
      ...work('coInto-a'),
      ...work('coInto-b'),
      activate('coInto-unb'),
      complete('coInto-unb'),
      ...work('coInto-una'),
    ],
  },
  'compensation: a sub-process with its own handler, from top to bottom': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coTop',
          start(),
          compensable(
            subProcess(
              's',
              {},
              start('in'),
              undoable('coTop', 'a'),
              subProcess('t', {}, start('tin'), undoable('coTop', 'b'), path('tin', 'b')),
              path('in', 'a', 't'),
            ),
            serviceTask('uns', { type: 'coTop-uns' }),
          ),
          throwCompensation('back'),
          end(),
          path('start', 's', 'back', 'end'),
        ),
      ),
      create('coTop'),
      ...work('coTop-a'),
      ...work('coTop-b'),
      activate('coTop-una'),
      activate('coTop-unb'),
      ...work('coTop-uns'),
      complete('coTop-una'),
      complete('coTop-unb'),
    ],
  },
  'compensation: of a sub-process by its id': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coRefSub',
          start(),
          compensable(
            subProcess('s', {}, start('in'), undoable('coRefSub', 'a'), path('in', 'a')),
            serviceTask('uns', { type: 'coRefSub-uns' }),
          ),
          undoable('coRefSub', 'b'),
          throwCompensation('back', 's'),
          end(),
          path('start', 's', 'b', 'back', 'end'),
        ),
      ),
      create('coRefSub'),
      ...work('coRefSub-a'),
      ...work('coRefSub-b'),
      ...work('coRefSub-uns'),
      ...work('coRefSub-una'),
    ],
  },
  'compensation: inside a sub-process leaves what is outside': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coInside',
          start(),
          undoable('coInside', 'b'),
          subProcess(
            's',
            {},
            start('in'),
            undoable('coInside', 'a'),
            throwCompensation('back'),
            path('in', 'a', 'back'),
          ),
          end(),
          path('start', 'b', 's', 'end'),
        ),
      ),
      create('coInside'),
      ...work('coInside-b'),
      ...work('coInside-a'),
      ...work('coInside-una'),
    ],
  },
  'compensation: in an event sub-process it undoes what was done around it': {
    covers: [...covers, 'event sub-process'],
    steps: [
      deploy(
        bpmn(
          'coHandler',
          start(),
          undoable('coHandler', 'a'),
          serviceTask('b', { type: 'coHandler-b' }),
          path('start', 'a', 'b'),
          eventSubProcess(
            'on-e',
            startError('failed', 'E1'),
            undoable('coHandler', 'c'),
            compensationEnd('back'),
            path('failed', 'c', 'back'),
          ),
        ),
      ),
      create('coHandler'),
      ...work('coHandler-a'),
      activate('coHandler-b'),
      throwError('coHandler-b', 'E1'),
      ...work('coHandler-c'),
      ...work('coHandler-una'),
      ...work('coHandler-unc'),
    ],
  },
  'compensation: in an event sub-process of a sub-process': {
    covers: [...covers, 'event sub-process', 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coHandlerIn',
          start(),
          undoable('coHandlerIn', 'o'),
          subProcess(
            's',
            {},
            start('in'),
            undoable('coHandlerIn', 'a'),
            serviceTask('b', { type: 'coHandlerIn-b' }),
            path('in', 'a', 'b'),
            eventSubProcess(
              'on-g',
              startSignal('told', 'S1', { interrupting: false }),
              throwCompensation('back'),
              end('h-end'),
              path('told', 'back', 'h-end'),
            ),
          ),
          end(),
          path('start', 'o', 's', 'end'),
        ),
      ),
      create('coHandlerIn'),
      ...work('coHandlerIn-o'),
      ...work('coHandlerIn-a'),
      broadcast(),
      ...work('coHandlerIn-una'),
      ...work('coHandlerIn-b'),
    ],
  },
  'compensation: an event sub-process that was done is not undone': {
    covers: [...covers, 'event sub-process'],
    steps: [
      deploy(
        bpmn(
          'coDoneHandler',
          start(),
          serviceTask('b', { type: 'coDoneHandler-b' }),
          throwCompensation('back'),
          end(),
          path('start', 'b', 'back', 'end'),
          eventSubProcess(
            'on-g',
            startSignal('told', 'S1', { interrupting: false }),
            undoable('coDoneHandler', 'a'),
            end('h-end'),
            path('told', 'a', 'h-end'),
          ),
        ),
      ),
      create('coDoneHandler'),
      broadcast(),
      ...work('coDoneHandler-a'),
      ...work('coDoneHandler-b'),
    ],
  },
  'compensation: of a task that was done for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'coMany',
          start(),
          compensable(
            multiInstance(serviceTask('a', { type: 'coMany-a' }), { over: '=[1, 2]', as: 'item' }),
            serviceTask('una', { type: 'coMany-una' }),
          ),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'back', 'end'),
        ),
      ),
      create('coMany'),
      ...workOne('coMany-a'),
      ...workOne('coMany-a'),
      ...workOne('coMany-una'),
      ...workOne('coMany-una'),
    ],
  },
  'compensation: inside every instance of many': {
    covers: [...covers, 'multi-instance', 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coManyIn',
          start(),
          multiInstance(subProcess('s', {}, start('in'), undoable('coManyIn', 'a'), path('in', 'a')), {
            sequential: true,
            over: '=[1, 2]',
            as: 'item',
          }),
          throwCompensation('back'),
          end(),
          path('start', 's', 'back', 'end'),
        ),
      ),
      create('coManyIn'),
      ...work('coManyIn-a'),
      ...work('coManyIn-a'),
      ...workOne('coManyIn-una'),
      ...workOne('coManyIn-una'),
    ],
  },
  'compensation: a handler for every item': {
    covers: [...covers, 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'coManyOut',
          start(),
          compensable(
            serviceTask('a', { type: 'coManyOut-a' }),
            multiInstance(serviceTask('una', { type: 'coManyOut-una' }), { over: '=[1, 2]', as: 'item' }),
          ),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'back', 'end'),
        ),
      ),
      create('coManyOut'),
      ...work('coManyOut-a'),
      ...workOne('coManyOut-una'),
      ...workOne('coManyOut-una'),
    ],
  },
  'compensation: of a call, by a sub-process': {
    covers: [...covers, 'call activity', 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coCall',
          start(),
          compensable(
            callActivity('call', 'coCalled'),
            subProcess(
              'uncall',
              { inputs: [['=1', 'x']] },
              start('uin'),
              serviceTask('u', { type: 'coCall-u' }),
              path('uin', 'u'),
            ),
          ),
          throwCompensation('back'),
          end(),
          path('start', 'call', 'back', 'end'),
        ).replace(
          '</bpmn:definitions>',
          `<bpmn:process id="coCalled" isExecutable="true">${
            start('cs') + path('cs', 'c') + undoable('coCalled', 'c')
          }</bpmn:process></bpmn:definitions>`,
        ),
      ),
      create('coCall'),
      ...work('coCalled-c'),
      ...work('coCall-u', { y: 1 }),
    ],
  },
  'compensation: by a call': {
    covers: [...covers, 'call activity'],
    steps: [
      deploy(
        bpmn(
          'coByCall',
          start(),
          compensable(scriptTask('a', '=1', 'one'), callActivity('una', 'coByCalled')),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'back', 'end'),
        ).replace(
          '</bpmn:definitions>',
          `<bpmn:process id="coByCalled" isExecutable="true">${
            start('cs') + serviceTask('c', { type: 'coByCalled-c' }) + path('cs', 'c')
          }</bpmn:process></bpmn:definitions>`,
        ),
      ),
      create('coByCall'),
      ...work('coByCalled-c', { x: 1 }),
    ],
  },
  'compensation: handlers of many kinds': {
    covers: [...covers, 'user task', 'receive task', 'script task', 'manual task'],
    steps: [
      deploy(
        bpmn(
          'coKinds',
          start(),
          compensable(undefinedTask('a'), undefinedTask('una')),
          compensable(manualTask('b'), manualTask('unb')),
          compensable(scriptTask('c', '=1', 'one'), scriptTask('unc', '=one + 1', 'two')),
          compensable(scriptTask('d', '=1', 'one'), userTask('und')),
          compensable(scriptTask('e', '=1', 'one'), receiveTask('une', 'M1')),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'b', 'c', 'd', 'e', 'back', 'end'),
        ),
      ),
      create('coKinds', { key: 'coKinds' }),
      { rpc: 'PublishMessage', message: { name: 'M1', correlationKey: 'coKinds', variables: { m: 1 } } },
      cancel(),
    ],
  },
  'compensation: mappings and listeners of a handler': {
    covers: [...covers, 'input mapping', 'output mapping', 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'coMapped',
          start(),
          compensable(
            serviceTask('a', { type: 'coMapped-a', outputs: [['=o', 'made']] }),
            listening(
              serviceTask('una', {
                type: 'coMapped-una',
                inputs: [['=made', 'i']],
                outputs: [['=r', 'gone']],
              }),
              'start:coMapped-s',
              'end:coMapped-e',
            ),
          ),
          throwCompensation('back', undefined, { inputs: [['=1', 'lost']], outputs: [['=gone', 'told']] }),
          end(),
          path('start', 'a', 'back', 'end'),
        ),
      ),
      create('coMapped'),
      ...work('coMapped-a', { o: 5 }),
      ...work('coMapped-s'),
      ...work('coMapped-una', { r: 7 }),
      ...work('coMapped-e'),
    ],
  },
  'compensation: a handler that fails stops the throw event': {
    covers: [...covers, 'incident'],
    steps: [
      deploy(thrown('coFails', ['a'])),
      create('coFails'),
      ...work('coFails-a'),
      activate('coFails-una'),
      fail('coFails-una', 0, { errorMessage: 'no' }),
      cancel(),
    ],
  },
  'compensation: a handler that cannot begin': {
    covers: [...covers, 'incident', 'input mapping'],
    steps: [
      deploy(
        bpmn(
          'coBad',
          start(),
          undoable('coBad', 'a', { inputs: [['=assert(x, x > 5)', 'y']] }),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'back', 'end'),
        ),
      ),
      create('coBad', { x: 1 }),
      ...work('coBad-a'),
      setVariables('$instance', { x: 7 }),
      resolve('una'),
      ...work('coBad-una'),
    ],
  },
  'compensation: an error in a handler': {
    covers: [...covers, 'error boundary event'],
    steps: [
      deploy(
        bpmn(
          'coError',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            undoable('coError', 'a'),
            undoable('coError', 'b'),
            throwCompensation('back'),
            path('in', 'a', 'b', 'back'),
          ),
          errorBoundary('caught', 's', 'E1'),
          end('after'),
          path('caught', 'after'),
          path('start', 's'),
        ),
      ),
      create('coError'),
      ...work('coError-a'),
      ...work('coError-b'),
      activate('coError-una'),
      throwError('coError-una', 'E1'),
    ],
  },
  'compensation: canceled while handlers run': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      deploy(thrown('coCancel', ['a', 'b'])),
      create('coCancel'),
      ...work('coCancel-a'),
      ...work('coCancel-b'),
      ...work('coCancel-una'),
      cancel(),
    ],
  },
  'compensation: canceled before': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [deploy(thrown('coBefore', ['a', 'b'])), create('coBefore'), ...work('coBefore-a'), cancel()],
  },
  'compensation: nobody asked for': {
    covers,
    steps: [deploy(row('coUnasked', ['a'], end(), 'end')), create('coUnasked'), ...work('coUnasked-a')],
  },
  'compensation: a sub-process that was ended has nothing to undo': {
    covers: [...covers, 'error boundary event'],
    steps: [
      deploy(
        bpmn(
          'coEnded',
          start(),
          subProcess(
            's',
            {},
            start('in'),
            undoable('coEnded', 'a'),
            serviceTask('b', { type: 'coEnded-b' }),
            path('in', 'a', 'b'),
          ),
          errorBoundary('caught', 's', 'E1'),
          throwCompensation('back'),
          end('after'),
          path('caught', 'back', 'after'),
          path('start', 's'),
        ),
      ),
      create('coEnded'),
      ...work('coEnded-a'),
      activate('coEnded-b'),
      throwError('coEnded-b', 'E1'),
    ],
  },
  'compensation: a terminate end event takes handlers along': {
    covers: [...covers, 'terminate end event'],
    steps: [
      deploy(
        bpmn(
          'coTerminate',
          start(),
          undoable('coTerminate', 'a'),
          parallelGateway('fork'),
          throwCompensation('back'),
          serviceTask('b', { type: 'coTerminate-b' }),
          terminateEnd('stop'),
          path('start', 'a', 'fork', 'back'),
          path('fork', 'b', 'stop'),
        ),
      ),
      create('coTerminate'),
      ...work('coTerminate-a'),
      ...work('coTerminate-b'),
    ],
  },
  'compensation: while something else runs': {
    covers: [...covers, 'parallel gateway'],
    steps: [
      deploy(
        bpmn(
          'coBeside',
          start(),
          parallelGateway('fork'),
          undoable('coBeside', 'a'),
          undoable('coBeside', 'b'),
          throwCompensation('back'),
          end(),
          path('start', 'fork', 'a', 'back', 'end'),
          path('fork', 'b', 'end'),
        ),
      ),
      create('coBeside'),
      ...work('coBeside-a'),
      ...work('coBeside-b'),
      ...work('coBeside-una'),
    ],
  },
  'compensation: a compensation in a handler': {
    covers: [...covers, 'sub-process'],
    steps: [
      deploy(
        bpmn(
          'coNested',
          start(),
          compensable(
            serviceTask('a', { type: 'coNested-a' }),
            subProcess(
              'una',
              {},
              start('uin'),
              undoable('coNested', 'u'),
              throwCompensation('uback'),
              path('uin', 'u', 'uback'),
            ),
          ),
          throwCompensation('back'),
          end(),
          path('start', 'a', 'back', 'end'),
        ),
      ),
      create('coNested'),
      ...work('coNested-a'),
      ...work('coNested-u'),
      ...work('coNested-unu'),
    ],
  },
} satisfies Scenarios;
