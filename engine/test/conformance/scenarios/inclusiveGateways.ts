import { end, exclusiveGateway, flow, inclusiveGateway, path, serviceTask, start } from '../../bpmn.ts';
import {
  activate,
  cancel,
  complete,
  create,
  deploy,
  own,
  resolve,
  type Scenarios,
  setVariables,
  work,
} from '../scenario.ts';

const forked = (id: string, defaultFlow?: string) =>
  own(
    id,
    start(),
    inclusiveGateway('f', defaultFlow),
    serviceTask('a', { type: `${id}-a` }),
    serviceTask('b', { type: `${id}-b` }),
    serviceTask('c', { type: `${id}-c` }),
    inclusiveGateway('j'),
    end(),
    path('start', 'f'),
    flow('f', 'a', '=x > 1'),
    flow('f', 'b', '=x > 2'),
    ...(defaultFlow ? [flow('f', 'c')] : [flow('f', 'c', '=x > 3')]),
    path('a', 'j'),
    path('b', 'j'),
    path('c', 'j', 'end'),
  );
const covers = ['inclusive gateway'];

export const inclusiveGateways = {
  'inclusive gateway: takes every flow that is true, and joins them': {
    covers,
    steps: [
      deploy(forked('incl')),
      create('incl', { x: 3 }),
      activate('incl-a'),
      activate('incl-b'),
      complete('incl-a'),
      complete('incl-b'),
    ],
  },
  'inclusive gateway: one flow is true': {
    covers,
    steps: [deploy(forked('inclOne')), create('inclOne', { x: 2 }), ...work('inclOne-a')],
  },
  'inclusive gateway: the default flow when none is true': {
    covers,
    steps: [deploy(forked('inclDefault', 'f-c')), create('inclDefault', { x: 0 }), ...work('inclDefault-c')],
  },
  'inclusive gateway: no flow is true, then one is': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(forked('inclNone')),
      create('inclNone', { x: 0 }),
      setVariables('$instance', { x: 2 }),
      resolve('f'),
      cancel(),
    ],
  },
  'inclusive gateway: a condition that is no boolean stops it': {
    covers: [...covers, 'incident'],
    steps: [deploy(forked('inclBad')), create('inclBad'), cancel()],
  },
  'inclusive join: not asked again when the branch it waits for ends elsewhere (quirk 7)': {
    covers: [...covers, 'quirk 7'],
    steps: [
      deploy(
        own(
          'inclElse',
          start(),
          inclusiveGateway('f'),
          serviceTask('a', { type: 'inclElse-a' }),
          serviceTask('b', { type: 'inclElse-b' }),
          exclusiveGateway('x', 'x-away'),
          inclusiveGateway('j'),
          end('away'),
          end(),
          path('start', 'f'),
          flow('f', 'a', '=true'),
          flow('f', 'b', '=true'),
          path('a', 'j'),
          path('b', 'x'),
          flow('x', 'j', '=false'),
          flow('x', 'away'),
          path('j', 'end'),
        ),
      ),
      create('inclElse'),
      activate('inclElse-a'),
      activate('inclElse-b'),
      complete('inclElse-a'),
      complete('inclElse-b'),
      cancel(),
    ],
  },
  'inclusive join: the branch that ends elsewhere is the first': {
    covers: [...covers],
    steps: [
      deploy(
        own(
          'inclFirst',
          start(),
          inclusiveGateway('f'),
          serviceTask('a', { type: 'inclFirst-a' }),
          serviceTask('b', { type: 'inclFirst-b' }),
          inclusiveGateway('j'),
          end('away'),
          end(),
          path('start', 'f'),
          flow('f', 'a', '=true'),
          flow('f', 'b', '=true'),
          path('a', 'j'),
          path('b', 'away'),
          path('j', 'end'),
        ),
      ),
      create('inclFirst'),
      activate('inclFirst-a'),
      activate('inclFirst-b'),
      complete('inclFirst-a'),
      complete('inclFirst-b'),
    ],
  },
  'inclusive gateway: one way in and one way out': {
    covers,
    steps: [
      deploy(own('inclPass', start(), inclusiveGateway('g'), end(), path('start', 'g', 'end'))),
      create('inclPass'),
    ],
  },
} satisfies Scenarios;
