import { catchMessage, catchSignal, catchTimer, end, eventGateway, path, start } from '../../bpmn.ts';
import {
  advance,
  broadcast,
  cancel,
  create,
  deploy,
  own,
  publish,
  resolve,
  type Scenarios,
  setVariables,
} from '../scenario.ts';

const waiting = (id: string) =>
  own(
    id,
    start(),
    eventGateway('g'),
    catchMessage('m', 'M1', [['=x', 'fromMessage']]),
    catchTimer('t', { duration: 'PT1S' }),
    catchSignal('s'),
    end(),
    path('start', 'g', 'm', 'end'),
    path('g', 't', 'end'),
    path('g', 's', 'end'),
  );
const covers = ['event-based gateway'];

export const eventGateways = {
  'event-based gateway: a message comes first': {
    covers: [...covers, 'message catch event'],
    steps: [
      deploy(waiting('gMessage')),
      create('gMessage', { key: 'k' }),
      publish('gMessage-M1', 'k', { variables: { x: 1, y: 2 } }),
      broadcast('gMessage-S1'),
    ],
  },
  'event-based gateway: a timer comes first': {
    covers: [...covers, 'timer catch event'],
    steps: [
      deploy(waiting('gTimer')),
      create('gTimer', { key: 'k' }),
      advance(1500),
      publish('gTimer-M1', 'k'),
    ],
  },
  'event-based gateway: a signal comes first': {
    covers: [...covers, 'signal catch event'],
    steps: [deploy(waiting('gSignal')), create('gSignal', { key: 'k' }), broadcast('gSignal-S1', { x: 1 })],
  },
  'event-based gateway: a message that waits comes at once': {
    covers,
    steps: [
      deploy(waiting('gBuffered')),
      publish('gBuffered-M1', 'k', { timeToLive: 60_000, variables: { x: 1 } }),
      create('gBuffered', { key: 'k' }),
    ],
  },
  'event-based gateway: a key that is missing stops it': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(waiting('gBad')),
      create('gBad'),
      setVariables('$instance', { key: 'k' }),
      resolve('g'),
      publish('gBad-M1', 'k'),
    ],
  },
  'event-based gateway: canceled while it waits': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [deploy(waiting('gCancel')), create('gCancel', { key: 'k' }), cancel()],
  },
  'event-based gateway: two messages of one publication': {
    covers,
    steps: [
      deploy(
        own(
          'gTwo',
          start(),
          eventGateway('g'),
          catchMessage('m1', 'M1'),
          catchMessage('m2', 'M2'),
          end('e1'),
          end('e2'),
          path('start', 'g', 'm1', 'e1'),
          path('g', 'm2', 'e2'),
        ),
      ),
      create('gTwo', { key: 'k' }),
      publish('gTwo-M2', 'k'),
    ],
  },
} satisfies Scenarios;
