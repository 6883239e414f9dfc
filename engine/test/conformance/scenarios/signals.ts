import {
  catchSignal,
  end,
  path,
  serviceTask,
  signalBoundary,
  signalEnd,
  start,
  startSignal,
  subProcess,
  throwSignal,
} from '../../bpmn.ts';
import {
  broadcast,
  cancel,
  create,
  deploy,
  own,
  resolve,
  type Scenarios,
  setVariables,
  work,
} from '../scenario.ts';

const catching = (id: string, signal: 'S1' | 'named' = 'S1') =>
  own(id, start(), catchSignal('c', signal), end(), path('start', 'c', 'end'));
const bounded = (id: string, interrupting: boolean) =>
  own(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    signalBoundary('b', 'a', { interrupting }),
    end(),
    end('after'),
    path('start', 'a', 'end'),
    path('b', 'after'),
  );
const begun = (id: string) =>
  own(id, startSignal('s'), serviceTask('a', { type: `${id}-a` }), end(), path('s', 'a', 'end'));

export const signals = {
  'signal catch: all who wait go on': {
    covers: ['signal catch event', 'BroadcastSignal'],
    steps: [
      deploy(catching('sCatch')),
      create('sCatch', { n: 1 }),
      create('sCatch', { n: 2 }),
      broadcast('sCatch-S1', { x: 1, n: 3 }),
      broadcast('sCatch-S1'),
    ],
  },
  'signal: nobody waits': { covers: ['BroadcastSignal'], steps: [broadcast('sNobody', { x: 1 })] },
  'signal catch: its name from an expression': {
    covers: ['signal catch event'],
    steps: [
      deploy(catching('sNamed', 'named')),
      create('sNamed', { topic: 'sNamed-news' }),
      broadcast('sNamed-news'),
    ],
  },
  'signal catch: a name that is missing stops it': {
    covers: ['signal catch event', 'incident', 'ResolveIncident'],
    steps: [
      deploy(catching('sUnnamed', 'named')),
      create('sUnnamed'),
      setVariables('$instance', { topic: 'sUnnamed-news' }),
      resolve('c'),
      broadcast('sUnnamed-news'),
    ],
  },
  'signal catch: canceled while it waits': {
    covers: ['signal catch event', 'CancelProcessInstance'],
    steps: [deploy(catching('sCancel')), create('sCancel'), cancel(), broadcast('sCancel-S1')],
  },
  'signal boundary: interrupts': {
    covers: ['signal boundary event'],
    steps: [
      deploy(bounded('sInt', true)),
      create('sInt'),
      broadcast('sInt-S1', { x: 1 }),
      broadcast('sInt-S1'),
    ],
  },
  'signal boundary: beside the task': {
    covers: ['signal boundary event non-interrupting'],
    steps: [
      deploy(bounded('sBeside', false)),
      create('sBeside'),
      broadcast('sBeside-S1', { x: 1 }),
      broadcast('sBeside-S1', { x: 2 }),
      ...work('sBeside-a'),
    ],
  },
  'signal boundary: on a sub-process': {
    covers: ['signal boundary event', 'embedded sub-process'],
    steps: [
      deploy(
        own(
          'sSub',
          start(),
          subProcess('s', {}, start('in'), serviceTask('a', { type: 'sSub-a' }), path('in', 'a')),
          signalBoundary('b', 's'),
          end('after'),
          path('start', 's'),
          path('b', 'after'),
        ),
      ),
      create('sSub'),
      broadcast('sSub-S1'),
    ],
  },
  'signal start: begins an instance': {
    covers: ['signal start event'],
    steps: [deploy(begun('sStart')), broadcast('sStart-S1', { x: 1 }), ...work('sStart-a')],
  },
  'signal start: of the newest version': {
    covers: ['signal start event', 'DeployResource'],
    steps: [
      deploy(begun('sVersions')),
      deploy(begun('sVersions').replace('id="s"', 'id="s" name="new"')),
      broadcast('sVersions-S1'),
      ...work('sVersions-a'),
    ],
  },
  'signal throw: reaches a catch of another process': {
    covers: ['signal throw event', 'signal catch event'],
    steps: [
      deploy(catching('sHear')),
      deploy(
        own(
          'sThrow',
          start(),
          throwSignal('t', 'S1', { inputs: [['=x', 'told']] }),
          end(),
          path('start', 't', 'end'),
        ).replaceAll('sThrow-S1', 'sHear-S1'),
      ),
      create('sHear'),
      create('sThrow', { x: 5 }),
    ],
  },
  'signal throw: a name that is missing stops it': {
    covers: ['signal throw event', 'incident'],
    steps: [
      deploy(own('sThrowBad', start(), throwSignal('t', 'named'), end(), path('start', 't', 'end'))),
      create('sThrowBad'),
      cancel(),
    ],
  },
  'signal end: begins an instance of another process': {
    covers: ['signal end event', 'signal start event'],
    steps: [
      deploy(begun('sBegun')),
      deploy(own('sEnd', start(), signalEnd('e'), path('start', 'e')).replaceAll('sEnd-S1', 'sBegun-S1')),
      create('sEnd', { x: 5 }),
      ...work('sBegun-a'),
    ],
  },
} satisfies Scenarios;
