import type { JsonObject } from '@baton/engine/protocol';
import {
  bpmn,
  callActivity,
  catchMessage,
  end,
  errorBoundary,
  eventGateway,
  eventSubProcess,
  exclusiveGateway,
  multiInstance,
  parallelGateway,
  path,
  serviceTask,
  start,
  startTimer,
  subProcess,
  timerBoundary,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  complete,
  create,
  deploy,
  modify,
  type Scenarios,
  type Step,
  throwError,
  work,
} from '../scenario.ts';

const job = (id: string, process: string) => serviceTask(id, { type: `${process}-${id}` });
const line = (id: string) =>
  bpmn(id, start(), job('a', id), job('b', id), end(), path('start', 'a', 'b', 'end'));

const startAt = (process: string, ...elementIds: string[]): Step =>
  create(process, { x: 1 }, { startInstructions: elementIds.map((elementId) => ({ elementId })) });
/** Only the real broker's gateway carries these; here the engine itself is asked. */
const creation = (bpmnProcessId: string, more: JsonObject): Step => ({
  command: 'PROCESS_INSTANCE_CREATION CREATE',
  value: { bpmnProcessId, version: -1, ...more },
});
const endAfter = (process: string, ...elementIds: string[]): Step =>
  creation(process, {
    runtimeInstructions: elementIds.map((afterElementId) => ({
      type: 'TERMINATE_PROCESS_INSTANCE',
      afterElementId,
    })),
  });
const tagged = (process: string, ...tags: string[]): Step => creation(process, { tags });

const nested = (id: string) =>
  bpmn(
    id,
    start(),
    job('first', id),
    subProcess(
      'outer',
      {},
      start('outerStart'),
      subProcess(
        'inner',
        {},
        start('innerStart'),
        job('a', id),
        job('b', id),
        end('innerEnd'),
        path('innerStart', 'a', 'b', 'innerEnd'),
      ),
      job('c', id),
      end('outerEnd'),
      path('outerStart', 'inner', 'c', 'outerEnd'),
    ),
    timerBoundary('late', 'outer', { duration: 'PT1M' }),
    end(),
    end('lateEnd'),
    path('start', 'first', 'outer', 'end'),
    path('late', 'lateEnd'),
  );

const interruptible = (id: string) =>
  bpmn(
    id,
    start(),
    job('first', id),
    job('a', id),
    job('b', id),
    timerBoundary('late', 'a', { duration: 'PT1M' }),
    errorBoundary('failed', 'a', 'E1'),
    end(),
    path('start', 'first', 'a', 'b', 'end'),
    path('late', 'b'),
    path('failed', 'b'),
  );

const manyInside = (id: string) =>
  bpmn(
    id,
    start(),
    multiInstance(
      subProcess(
        'many',
        {},
        start('manyStart'),
        job('a', id),
        job('b', id),
        end('manyEnd'),
        path('manyStart', 'a', 'b', 'manyEnd'),
      ),
      { over: '=[1, 2]' },
    ),
    end(),
    path('start', 'many', 'end'),
  );

export const creations = {
  'creation: in two places': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(line('twoPlaces')),
      startAt('twoPlaces', 'a', 'b'),
      ...work('twoPlaces-b'),
      ...work('twoPlaces-a'),
      ...work('twoPlaces-b'),
    ],
  },
  'creation: twice in one place': {
    covers: ['CreateProcessInstance'],
    steps: [deploy(line('onePlace')), startAt('onePlace', 'b', 'b'), cancel()],
  },
  'creation: in nested scopes': {
    covers: ['CreateProcessInstance', 'sub-process'],
    steps: [
      deploy(nested('nestedScopes')),
      startAt('nestedScopes', 'b', 'c', 'a', 'first'),
      ...work('nestedScopes-c'),
      ...work('nestedScopes-a'),
      cancel(),
    ],
  },
  'creation: at a sub-process itself': {
    covers: ['CreateProcessInstance', 'sub-process'],
    steps: [deploy(nested('scopeItself')), startAt('scopeItself', 'inner', 'inner', 'outer'), cancel()],
  },
  'creation: at an end, and at a join': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(
        bpmn(
          'endAndJoin',
          start(),
          parallelGateway('fork'),
          job('a', 'endAndJoin'),
          job('b', 'endAndJoin'),
          parallelGateway('join'),
          end(),
          path('start', 'fork', 'a', 'join', 'end'),
          path('fork', 'b', 'join'),
        ),
      ),
      startAt('endAndJoin', 'join'),
      startAt('endAndJoin', 'end'),
      startAt('endAndJoin', 'a', 'join'),
      cancel(),
    ],
  },
  'creation: in an event sub-process': {
    covers: ['CreateProcessInstance', 'event sub-process'],
    steps: [
      deploy(
        bpmn(
          'inHandler',
          start(),
          job('a', 'inHandler'),
          end(),
          path('start', 'a', 'end'),
          eventSubProcess(
            'handler',
            startTimer('handlerStart', { duration: 'PT1M' }),
            job('h', 'inHandler'),
            end('handlerEnd'),
            path('handlerStart', 'h', 'handlerEnd'),
          ),
        ),
      ),
      startAt('inHandler', 'h'),
      ...work('inHandler-h'),
      startAt('inHandler', 'handler'),
      cancel(),
      startAt('inHandler', 'handlerStart'),
    ],
  },
  'creation: where it cannot begin': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(
        bpmn(
          'cannotBegin',
          start(),
          eventGateway('either'),
          catchMessage('m', 'M1'),
          catchMessage('n', 'M2'),
          job('a', 'cannotBegin'),
          timerBoundary('late', 'a', { duration: 'PT1M' }),
          end(),
          path('start', 'either', 'm', 'a', 'end'),
          path('either', 'n', 'a'),
          path('late', 'end'),
        ),
      ),
      startAt('cannotBegin', 'm'),
      startAt('cannotBegin', 'late'),
      startAt('cannotBegin', 'start'),
      startAt('cannotBegin', 'late-end'),
      startAt('cannotBegin', 'cannotBegin'),
      startAt('cannotBegin', ''),
      startAt('cannotBegin', 'a', 'zz', 'start'),
    ],
  },
  'creation: a scope whose event cannot be waited for': {
    covers: ['CreateProcessInstance', 'timer boundary event'],
    steps: [deploy(nested('badScope').replace('PT1M', '=nothing')), startAt('badScope', 'a'), cancel()],
  },
  'creation: ended after an element': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [deploy(line('endAfter')), endAfter('endAfter', 'a'), ...work('endAfter-a', { y: 2 })],
  },
  'creation: ended after one of several elements': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [
      deploy(nested('endSeveral')),
      endAfter('endSeveral', 'c', 'a'),
      ...work('endSeveral-first'),
      ...work('endSeveral-a'),
    ],
  },
  'creation: ended after a sub-process': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [
      deploy(nested('endScope')),
      endAfter('endScope', 'inner'),
      ...work('endScope-first'),
      ...work('endScope-a'),
      ...work('endScope-b'),
    ],
  },
  'creation: ended after a gateway, with paths beside': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [
      deploy(
        bpmn(
          'endGateway',
          start(),
          parallelGateway('fork'),
          job('a', 'endGateway'),
          job('b', 'endGateway'),
          exclusiveGateway('route'),
          end(),
          path('start', 'fork', 'a', 'end'),
          path('fork', 'b', 'route', 'end'),
        ),
      ),
      endAfter('endGateway', 'route'),
      ...work('endGateway-b'),
      endAfter('endGateway', 'fork'),
      endAfter('endGateway', 'start'),
      endAfter('endGateway', 'end'),
      ...work('endGateway-a'),
      ...work('endGateway-b'),
    ],
  },
  'creation: ended after one of many': {
    covers: ['CreateProcessInstance', 'runtime instructions', 'multi-instance'],
    steps: [
      deploy(manyInside('endMany')),
      endAfter('endMany', 'a'),
      ...work('endMany-a'),
      endAfter('endMany', 'many'),
      ...work('endMany-a'),
      ...work('endMany-a'),
      ...work('endMany-b'),
      complete('endMany-a#3'),
      ...work('endMany-b'),
    ],
  },
  'creation: ended after a task for every item': {
    covers: ['CreateProcessInstance', 'runtime instructions', 'multi-instance'],
    steps: [
      deploy(
        bpmn(
          'endItems',
          start(),
          multiInstance(job('a', 'endItems'), { over: '=[1, 2]' }),
          end(),
          path('start', 'a', 'end'),
        ),
      ),
      endAfter('endItems', 'a'),
      ...work('endItems-a'),
      complete('endItems-a#1'),
    ],
  },
  'creation: ended after a task that is interrupted': {
    covers: ['CreateProcessInstance', 'runtime instructions', 'boundary event'],
    steps: [
      deploy(interruptible('endInterrupted')),
      endAfter('endInterrupted', 'a'),
      ...work('endInterrupted-first'),
      advance(90_000),
      endAfter('endInterrupted', 'a'),
      ...work('endInterrupted-first'),
      activate('endInterrupted-a'),
      throwError('endInterrupted-a', 'E1'),
      endAfter('endInterrupted', 'a'),
      ...work('endInterrupted-first'),
      modify({ activate: ['b'], terminate: ['a'] }),
    ],
  },
  'creation: ended after a task beside which an event interrupts': {
    covers: ['CreateProcessInstance', 'runtime instructions', 'event sub-process'],
    steps: [
      deploy(
        bpmn(
          'endBeside',
          start(),
          job('first', 'endBeside'),
          subProcess(
            'inner',
            {},
            start('innerStart'),
            job('a', 'endBeside'),
            end('innerEnd'),
            path('innerStart', 'a', 'innerEnd'),
            eventSubProcess(
              'handler',
              startTimer('handlerStart', { duration: 'PT1M' }),
              job('h', 'endBeside'),
              end('handlerEnd'),
              path('handlerStart', 'h', 'handlerEnd'),
            ),
          ),
          end(),
          path('start', 'first', 'inner', 'end'),
        ),
      ),
      endAfter('endBeside', 'a'),
      ...work('endBeside-first'),
      advance(90_000),
      endAfter('endBeside', 'handler'),
      ...work('endBeside-first'),
      advance(90_000),
      ...work('endBeside-h'),
    ],
  },
  'creation: ended after an element that ends otherwise': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [
      deploy(nested('endOther')),
      endAfter('endOther', 'outer', 'late'),
      ...work('endOther-first'),
      advance(90_000),
    ],
  },
  'creation: ended after a called process': {
    covers: ['CreateProcessInstance', 'runtime instructions', 'call activity'],
    steps: [
      deploy(line('endCalled')),
      deploy(
        bpmn(
          'endCalling',
          start(),
          callActivity('call', 'endCalled'),
          job('z', 'endCalling'),
          end(),
          path('start', 'call', 'z', 'end'),
        ),
        'calling.bpmn',
      ),
      endAfter('endCalling', 'call'),
      ...work('endCalled-a'),
      ...work('endCalled-b'),
    ],
  },
  'creation: ended after no element that there is': {
    covers: ['CreateProcessInstance', 'runtime instructions'],
    steps: [
      deploy(line('endNowhere')),
      endAfter('endNowhere', 'zz'),
      endAfter('endNowhere', 'a', 'yy', 'zz'),
      endAfter('endNowhere', ''),
      endAfter('endNowhere', 'start-a'),
      endAfter('endNowhere', 'endNowhere'),
      ...work('endNowhere-a'),
    ],
  },
  'creation: with tags': {
    covers: ['CreateProcessInstance', 'tags'],
    steps: [
      deploy(line('tagged')),
      tagged('tagged', 'priority:high', 'Zed', 'a-1_2.3'),
      ...work('tagged-a'),
      tagged('tagged', 'twice', 'twice'),
    ],
  },
  'creation: with tags that are none': {
    covers: ['CreateProcessInstance', 'tags'],
    steps: [
      deploy(line('badTags')),
      tagged('badTags', ''),
      tagged('badTags', 'with space'),
      tagged('badTags', '1st'),
      tagged('badTags', '-a'),
      tagged('badTags', 'a/b'),
      tagged('badTags', 'é'),
      tagged('badTags', 'a'.repeat(100)),
      tagged('badTags', 'a'.repeat(101)),
      tagged('badTags', ...Array.from({ length: 10 }, (_, index) => `t${index}`)),
      tagged('badTags', ...Array.from({ length: 11 }, (_, index) => `t${index}`)),
      tagged('badTags', 'good', '2bad', '3bad'),
    ],
  },
} satisfies Scenarios;
