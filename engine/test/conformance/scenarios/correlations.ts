import type { JsonObject } from '@baton/engine/protocol';
import { catchMessage, end, messageBoundary, path, serviceTask, start, startMessage } from '../../bpmn.ts';
import { advance, create, deploy, own, publish, type Scenarios, type Step, work } from '../scenario.ts';

/** Of the REST API; here as a command. */
const correlate = (name: string, correlationKey: string, variables: JsonObject = {}): Step => ({
  command: 'MESSAGE_CORRELATION CORRELATE',
  value: { name, correlationKey, variables },
});
const covers = ['CorrelateMessage'];

const waits = (id: string) =>
  own(id, start(), catchMessage('wait', 'M1'), end(), path('start', 'wait', 'end'));
const begins = (id: string) =>
  own(id, startMessage('begin', 'M1'), serviceTask('a', { type: `${id}-a` }), path('begin', 'a'));

export const correlations = {
  'correlation: nobody waits, then somebody does': {
    covers,
    steps: [
      deploy(waits('crLate')),
      correlate('crLate-M1', 'k', { x: 1 }),
      create('crLate', { key: 'k' }),
      advance(120_000),
      correlate('crLate-M1', 'k', { x: 2 }),
      correlate('crLate-M1', 'k', { x: 3 }),
    ],
  },
  'correlation: begins an instance': {
    covers: [...covers, 'message start event'],
    steps: [
      deploy(begins('crStart')),
      correlate('crStart-M1', '', { x: 1 }),
      correlate('crStart-M1', 'k', { x: 2 }),
      correlate('crStart-M1', 'k', { x: 3 }),
    ],
  },
  'correlation: one waits and another begins': {
    covers: [...covers, 'message start event', 'message catch event'],
    steps: [
      deploy(waits('crBoth')),
      deploy(begins('crBoth2').replaceAll('crBoth2-M1', 'crBoth-M1'), 'other.bpmn'),
      create('crBoth', { key: 'k' }),
      correlate('crBoth-M1', 'k', { x: 1 }),
    ],
  },
  'publication: one waits and another begins': {
    covers: ['PublishMessage', 'message start event', 'message catch event'],
    steps: [
      deploy(waits('pbBoth')),
      deploy(begins('pbBoth2').replaceAll('pbBoth2-M1', 'pbBoth-M1'), 'other.bpmn'),
      create('pbBoth', { key: 'k' }),
      publish('pbBoth-M1', 'k', { variables: { x: 1 } }),
    ],
  },
  'correlation: a boundary event that does not interrupt': {
    covers: [...covers, 'message boundary event non-interrupting'],
    steps: [
      deploy(
        own(
          'crBeside',
          start(),
          serviceTask('a', { type: 'crBeside-a' }),
          messageBoundary('m', 'a', 'M1', { interrupting: false }),
          end(),
          end('told'),
          path('start', 'a', 'end'),
          path('m', 'told'),
        ),
      ),
      create('crBeside', { key: 'k' }),
      correlate('crBeside-M1', 'k', { x: 1 }),
      correlate('crBeside-M1', 'k', { x: 2 }),
      ...work('crBeside-a'),
    ],
  },
  'correlation: of a message that is buffered already': {
    covers: [...covers, 'PublishMessage'],
    steps: [
      deploy(waits('crBuffered')),
      publish('crBuffered-M1', 'k', { timeToLive: 3_600_000, variables: { x: 1 } }),
      correlate('crBuffered-M1', 'k', { x: 2 }),
      create('crBuffered', { key: 'k' }),
    ],
  },
  'correlation: two processes wait': {
    covers: [...covers, 'message catch event'],
    steps: [
      deploy(waits('crTwo')),
      deploy(waits('crOther').replaceAll('crOther-M1', 'crTwo-M1'), 'other.bpmn'),
      create('crTwo', { key: 'k' }),
      create('crOther', { key: 'k' }),
      correlate('crTwo-M1', 'k', { x: 1 }),
    ],
  },
} satisfies Scenarios;
