import {
  catchTimer,
  end,
  messageBoundary,
  path,
  serviceTask,
  signalBoundary,
  start,
  startTimer,
  subProcess,
  timerBoundary,
} from '../../bpmn.ts';
import {
  advance,
  cancel,
  create,
  deploy,
  own,
  resolve,
  type Scenarios,
  setVariables,
  work,
} from '../scenario.ts';

type Time = Parameters<typeof catchTimer>[1];
const catching = (id: string, time: Time) =>
  own(id, start(), catchTimer('t', time), end(), path('start', 't', 'end'));
const begun = (id: string, time: Time) =>
  own(id, startTimer('s', time), serviceTask('a', { type: `${id}-a` }), end(), path('s', 'a', 'end'));
const badCycle = (id: string, text: string) => ({
  covers: ['timer boundary event non-interrupting', 'incident'],
  steps: [
    deploy(
      own(
        id,
        start(),
        serviceTask('a', { type: `${id}-a` }),
        timerBoundary('b', 'a', { cycle: '=c' }, { interrupting: false }),
        end('after'),
        path('start', 'a'),
        path('b', 'after'),
      ),
    ),
    create(id, { c: text }),
    cancel(),
  ],
});

export const timerEvents = {
  'timer catch: goes on after its duration': {
    covers: ['timer catch event'],
    steps: [deploy(catching('tCatch', { duration: '=d' })), create('tCatch', { d: 'PT1S' }), advance(1500)],
  },
  'timer catch: a duration that FEEL made': {
    covers: ['timer catch event'],
    steps: [deploy(catching('tFeel', { duration: '=duration("PT1S")' })), create('tFeel'), cancel()],
  },
  'timer catch: a period of months': {
    covers: ['timer catch event'],
    steps: [deploy(catching('tMonths', { duration: 'P1M' })), create('tMonths'), cancel()],
  },
  'timer catch: at a date': {
    covers: ['timer catch event'],
    steps: [
      deploy(catching('tDate', { date: '=d' })),
      create('tDate', { d: '2020-01-01T00:00:00Z' }),
      advance(500),
    ],
  },
  'timer catch: a date that FEEL made': {
    covers: ['timer catch event'],
    steps: [
      deploy(catching('tFeelDate', { date: '=date and time("2999-01-01T00:00:00Z")' })),
      create('tFeelDate'),
      cancel(),
    ],
  },
  'timer catch: a date that is a number stops it': {
    covers: ['timer catch event', 'incident', 'ResolveIncident'],
    steps: [
      deploy(catching('tBadDate', { date: '=d' })),
      create('tBadDate', { d: 5 }),
      setVariables('$instance', { d: '2020-01-01T00:00:00Z' }),
      resolve('t'),
      advance(500),
    ],
  },
  'timer catch: canceled while it waits': {
    covers: ['timer catch event', 'CancelProcessInstance'],
    steps: [deploy(catching('tCancel', { duration: 'PT1H' })), create('tCancel'), cancel()],
  },
  'timer start: a cycle begins instances': {
    covers: ['timer start event'],
    steps: [
      deploy(begun('tCycle', { cycle: 'R2/PT10S' })),
      advance(12_000),
      advance(12_000),
      advance(12_000),
      ...work('tCycle-a'),
    ],
  },
  'timer start: a date that is over': {
    covers: ['timer start event'],
    steps: [
      deploy(begun('tStartDate', { date: '2020-01-01T00:00:00Z' })),
      advance(500),
      ...work('tStartDate-a'),
    ],
  },
  'timer start: a new version takes over': {
    covers: ['timer start event', 'DeployResource'],
    steps: [
      deploy(begun('tVersions', { cycle: 'R/PT10S' })),
      deploy(begun('tVersions', { cycle: 'R/PT1000H' })),
      advance(501 * 3_600_000),
      advance(501 * 3_600_000),
      deploy(own('tVersions', start(), end(), path('start', 'end'))),
      advance(1000 * 3_600_000),
    ],
  },
  'timer start: a cycle of cron': {
    covers: ['timer start event'],
    steps: [deploy(begun('tCron', { cycle: '0 0 0 1 1 *' }))],
  },
  'timer start: nobody else begins an instance': {
    covers: ['timer start event', 'CreateProcessInstance'],
    steps: [deploy(begun('tOnly', { cycle: 'R/PT10H' })), create('tOnly')],
  },
  'timer: a cycle that is a number stops the task': {
    covers: ['timer boundary event non-interrupting', 'incident'],
    steps: [
      deploy(
        own(
          'tNumberCycle',
          start(),
          serviceTask('a', { type: 'tNumberCycle-a' }),
          timerBoundary('b', 'a', { cycle: '=5' }, { interrupting: false }),
          end('after'),
          path('start', 'a'),
          path('b', 'after'),
        ),
      ),
      create('tNumberCycle'),
      cancel(),
    ],
  },
  'timer: a cycle with a bad repetition': badCycle('tBadRepeat', 'Rx/PT1S'),
  'timer: a cycle with a bad interval': badCycle('tBadInterval', 'R2/xyz'),
  'timer: a cycle without an interval': badCycle('tNoInterval', 'R2'),
  'timer: a cycle of cron with a bad field': badCycle('tBadCron', '0 0 99 * * *'),
  'timer: a cycle of cron with a word': badCycle('tWordCron', '0 0 x * * *'),
  'timer: a cycle of cron with five fields': badCycle('tFiveCron', '0 0 * * *'),
  'timer: a cycle of cron with a bad macro': badCycle('tMacroCron', '@sometimes'),
  'timer: a cycle that is empty': badCycle('tEmptyCycle', ''),
  'boundary events: the order in which they are opened and closed': {
    covers: ['timer boundary event', 'message boundary event', 'signal boundary event'],
    steps: [
      deploy(
        own(
          'bOrder',
          start(),
          serviceTask('a', { type: 'bOrder-a' }),
          timerBoundary('t1', 'a', { duration: 'PT1H' }),
          messageBoundary('m1', 'a', 'M1'),
          signalBoundary('s1', 'a'),
          timerBoundary('t2', 'a', { duration: 'PT2H' }),
          messageBoundary('m2', 'a', 'M2'),
          ...['t1', 'm1', 's1', 't2', 'm2'].flatMap((id) => [end(`e-${id}`), path(id, `e-${id}`)]),
          path('start', 'a'),
        ),
      ),
      create('bOrder', { key: 'k' }),
      cancel(),
    ],
  },
  'boundary event: a bad timer on a sub-process': {
    covers: ['timer boundary event', 'embedded sub-process', 'incident', 'ResolveIncident'],
    steps: [
      deploy(
        own(
          'tSubBad',
          start(),
          subProcess('s', {}, start('in'), serviceTask('a', { type: 'tSubBad-a' }), path('in', 'a')),
          timerBoundary('b', 's', { duration: '=d' }),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('tSubBad'),
      setVariables('$instance', { d: 'PT1H' }),
      resolve('in'),
      cancel(),
    ],
  },
  'start instruction: into a sub-process with a boundary event': {
    covers: ['CreateProcessInstance', 'embedded sub-process', 'quirk 12'],
    steps: [
      deploy(
        own(
          'startIn',
          start(),
          subProcess(
            's',
            { inputs: [['=1', 'i']] },
            start('in'),
            serviceTask('a', { type: 'startIn-a', inputs: [['=2', 'j']] }),
            path('in', 'a'),
          ),
          timerBoundary('b', 's', { duration: 'PT1H' }),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('startIn', { x: 1 }, { startInstructions: [{ elementId: 'a' }] }),
      cancel(),
    ],
  },
} satisfies Scenarios;
