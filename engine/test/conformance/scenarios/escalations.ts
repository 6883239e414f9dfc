import {
  callActivity,
  end,
  escalationBoundary,
  escalationEnd,
  path,
  serviceTask,
  start,
  subProcess,
  throwEscalation,
} from '../../bpmn.ts';
import { create, deploy, own, type Scenarios, work } from '../scenario.ts';

const inside = (id: string, thrown: string, ...boundaries: string[]) =>
  own(
    id,
    start(),
    subProcess(
      's',
      {},
      start('in'),
      thrown,
      serviceTask('a', { type: `${id}-a` }),
      end('out'),
      path('in', 't', 'a', 'out'),
    ),
    ...boundaries,
    ...['b', 'all']
      .filter((name) => boundaries.some((text) => text.includes(`id="${name}"`)))
      .flatMap((name) => [end(`after-${name}`), path(name, `after-${name}`)]),
    end(),
    path('start', 's', 'end'),
  );

export const escalations = {
  'escalation: interrupts the sub-process': {
    covers: ['escalation throw event', 'escalation boundary event'],
    steps: [
      deploy(inside('xInt', throwEscalation('t', 'X1'), escalationBoundary('b', 's', 'X1'))),
      create('xInt'),
    ],
  },
  'escalation: beside the sub-process': {
    covers: ['escalation throw event', 'escalation boundary event non-interrupting'],
    steps: [
      deploy(
        inside(
          'xBeside',
          throwEscalation('t', 'X1'),
          escalationBoundary('b', 's', 'X1', { interrupting: false }),
        ),
      ),
      create('xBeside'),
      ...work('xBeside-a'),
    ],
  },
  'escalation: nobody catches it': {
    covers: ['escalation throw event'],
    steps: [deploy(inside('xNobody', throwEscalation('t', 'X1'))), create('xNobody'), ...work('xNobody-a')],
  },
  'escalation: another code is not caught': {
    covers: ['escalation throw event', 'escalation boundary event'],
    steps: [
      deploy(inside('xOther', throwEscalation('t', 'X1'), escalationBoundary('b', 's', 'X2'))),
      create('xOther'),
    ],
  },
  'escalation: the code goes before the one for all': {
    covers: ['escalation throw event', 'escalation boundary event'],
    steps: [
      deploy(
        inside(
          'xAll',
          throwEscalation('t', 'X1'),
          escalationBoundary('all', 's', undefined),
          escalationBoundary('b', 's', 'X1', { interrupting: false }),
        ),
      ),
      create('xAll'),
    ],
  },
  'escalation: one for all': {
    covers: ['escalation throw event', 'escalation boundary event'],
    steps: [
      deploy(inside('xAny', throwEscalation('t', 'X2'), escalationBoundary('all', 's', undefined))),
      create('xAny'),
    ],
  },
  'escalation: an end event that is caught': {
    covers: ['escalation end event', 'escalation boundary event'],
    steps: [
      deploy(
        own(
          'xEnd',
          start(),
          subProcess('s', {}, start('in'), escalationEnd('t', 'X1'), path('in', 't')),
          escalationBoundary('b', 's', 'X1'),
          end('after'),
          end(),
          path('b', 'after'),
          path('start', 's', 'end'),
        ),
      ),
      create('xEnd'),
    ],
  },
  'escalation: an end event beside which the path goes on': {
    covers: ['escalation end event', 'escalation boundary event non-interrupting'],
    steps: [
      deploy(
        own(
          'xEndBeside',
          start(),
          subProcess('s', {}, start('in'), escalationEnd('t', 'X1'), path('in', 't')),
          escalationBoundary('b', 's', 'X1', { interrupting: false }),
          end('after'),
          end(),
          path('b', 'after'),
          path('start', 's', 'end'),
        ),
      ),
      create('xEndBeside'),
    ],
  },
  'escalation: an end event of the process': {
    covers: ['escalation end event'],
    steps: [deploy(own('xRoot', start(), escalationEnd('t', 'X1'), path('start', 't'))), create('xRoot')],
  },
  'escalation: up through a call activity': {
    covers: ['escalation throw event', 'escalation boundary event', 'call activity'],
    steps: [
      deploy(
        own(
          'xChild',
          start(),
          throwEscalation('t', 'X1'),
          serviceTask('a', { type: 'xChild-a' }),
          path('start', 't', 'a'),
        ),
      ),
      deploy(
        own(
          'xCaller',
          start(),
          callActivity('call', 'xChild'),
          escalationBoundary('b', 'call', 'X1'),
          end('after'),
          path('start', 'call'),
          path('b', 'after'),
        ),
      ),
      create('xCaller'),
    ],
  },
} satisfies Scenarios;
