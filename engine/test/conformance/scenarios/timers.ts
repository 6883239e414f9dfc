import { bpmn, end, listening, path, serviceTask, start, subProcess, timerBoundary } from '../../bpmn.ts';
import { advance, cancel, create, deploy, type Scenarios, work } from '../scenario.ts';

type Time = Parameters<typeof timerBoundary>[2];

const timed = (id: string, time: Time, interrupting = true) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    timerBoundary('late', 'a', time, { interrupting }),
    end(),
    end('after'),
    path('start', 'a', 'end'),
    path('late', 'after'),
  );

const covers = ['timer boundary event'];

export const timers = {
  'timer: interrupts after its duration': {
    covers,
    steps: [
      deploy(timed('duration', { duration: 'PT10S' })),
      create('duration'),
      advance(7000),
      advance(4000),
    ],
  },
  'timer: canceled when the task is done': {
    covers,
    steps: [
      deploy(timed('inTime', { duration: 'PT10S' })),
      create('inTime'),
      ...work('inTime-a'),
      advance(11_000),
    ],
  },
  'timer: canceled with the instance': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [deploy(timed('timerCancel', { duration: 'PT10S' })), create('timerCancel'), cancel()],
  },
  'timer: goes on beside the task': {
    covers,
    steps: [
      deploy(timed('beside', { duration: 'PT1S' }, false)),
      create('beside'),
      advance(2000),
      ...work('beside-a'),
    ],
  },
  'timer: a cycle of two': {
    covers,
    steps: [
      deploy(timed('cycle', { cycle: 'R2/PT10S' }, false)),
      create('cycle'),
      advance(11_000),
      advance(11_000),
      advance(11_000),
      ...work('cycle-a'),
    ],
  },
  'timer: an endless cycle ends with the task': {
    covers,
    steps: [
      deploy(timed('endless', { cycle: 'R/PT10S' }, false)),
      create('endless'),
      advance(11_000),
      advance(10_000),
      ...work('endless-a'),
      advance(11_000),
    ],
  },
  'timer: a duration from an expression': {
    covers,
    steps: [
      deploy(timed('computedDuration', { duration: '=duration("PT" + string(n) + "M")' })),
      create('computedDuration', { n: 2 }),
      advance(121_000),
    ],
  },
  'timer: a duration from a text': {
    covers,
    steps: [
      deploy(timed('textDuration', { duration: '=d' })),
      create('textDuration', { d: 'P1DT1H' }),
      cancel(),
    ],
  },
  'timer: no duration at all is due at once': {
    covers,
    steps: [deploy(timed('zero', { duration: 'PT0S' })), create('zero'), advance(1000)],
  },
  'timer: a negative duration is due at once': {
    covers,
    steps: [deploy(timed('negative', { duration: '-PT5S' })), create('negative'), advance(1000)],
  },
  'timer: a date that is over is due at once': {
    covers,
    steps: [deploy(timed('past', { date: '2020-01-01T00:00:00Z' })), create('past'), advance(1000)],
  },
  'timer: a date from an expression': {
    covers,
    steps: [
      deploy(timed('futureDate', { date: '=when' })),
      create('futureDate', { when: '2999-01-01T00:00:00+01:00' }),
      cancel(),
    ],
  },
  'timer: an unreadable duration stops the task': {
    covers: [...covers, 'incident'],
    steps: [deploy(timed('badDuration', { duration: '=d' })), create('badDuration', { d: 'abc' })],
  },
  'timer: a duration that is missing stops the task': {
    covers: [...covers, 'incident'],
    steps: [deploy(timed('noDuration', { duration: '=d' })), create('noDuration')],
  },
  'timer: a duration that is a number stops the task': {
    covers: [...covers, 'incident'],
    steps: [deploy(timed('numberDuration', { duration: '=5' })), create('numberDuration')],
  },
  'timer: an unreadable date stops the task': {
    covers: [...covers, 'incident'],
    steps: [deploy(timed('badDate', { date: '=d' })), create('badDate', { d: 'someday' })],
  },
  'timer: an unreadable cycle stops the task': {
    covers: [...covers, 'incident'],
    steps: [deploy(timed('badCycle', { cycle: '=c' }, false)), create('badCycle', { c: 'every day' })],
  },
  'timer: on a sub-process ends what is inside': {
    covers: [...covers, 'embedded sub-process'],
    steps: [
      deploy(
        bpmn(
          'subTimer',
          start(),
          subProcess('s', {}, start('in'), serviceTask('a', { type: 'subTimer-a' }), path('in', 'a')),
          timerBoundary('late', 's', { duration: 'PT1S' }),
          end('after'),
          path('start', 's'),
          path('late', 'after'),
        ),
      ),
      create('subTimer'),
      advance(2000),
    ],
  },
  'timer: two on one task, the earlier wins': {
    covers,
    steps: [
      deploy(
        bpmn(
          'twoTimers',
          start(),
          serviceTask('a', { type: 'twoTimers-a' }),
          timerBoundary('early', 'a', { duration: 'PT1S' }),
          timerBoundary('late', 'a', { duration: 'PT2S' }),
          end('e'),
          end('l'),
          path('start', 'a'),
          path('early', 'e'),
          path('late', 'l'),
        ),
      ),
      create('twoTimers'),
      advance(1500),
      advance(1500),
    ],
  },
  'timer: a boundary event is over when end listeners run': {
    covers: ['timer boundary event', 'execution listener'],
    steps: [
      deploy(
        bpmn(
          'timerListened',
          start(),
          listening(serviceTask('a', { type: 'timerListened-a' }), 'end:timerListened-e'),
          timerBoundary('late', 'a', { duration: 'PT1M' }, { interrupting: false }),
          end('aside'),
          path('late', 'aside'),
          path('start', 'a'),
        ),
      ),
      create('timerListened'),
      ...work('timerListened-a', { x: 1 }),
      advance(61_000),
      ...work('timerListened-e'),
    ],
  },
  'timer: a boundary event while the output mapping is stopped': {
    covers: ['timer boundary event', 'incident', 'output mapping'],
    steps: [
      deploy(
        bpmn(
          'timerStopped',
          start(),
          serviceTask('a', { type: 'timerStopped-a', outputs: [['=assert(x, x > 5)', 'y']] }),
          timerBoundary('late', 'a', { duration: 'PT1M' }),
          end('aside'),
          path('late', 'aside'),
          path('start', 'a'),
        ),
      ),
      create('timerStopped'),
      ...work('timerStopped-a', { x: 1 }),
      advance(61_000),
    ],
  },
} satisfies Scenarios;
