import { bpmn, end, parallelGateway, path, serviceTask, start, subProcess } from '../../bpmn.ts';
import { cancel, create, deploy, type Scenarios, setVariables, work } from '../scenario.ts';

const inner = (type: string) => [start('in'), serviceTask('a', { type }), end('out'), path('in', 'a', 'out')];

export const subProcesses = {
  'sub-process: done when what is inside is done': {
    covers: ['embedded sub-process'],
    steps: [
      deploy(bpmn('sub', start(), subProcess('s', {}, ...inner('sub-a')), end(), path('start', 's', 'end'))),
      create('sub'),
      ...work('sub-a', { x: 1 }),
    ],
  },
  'sub-process: its own variables vanish with it': {
    covers: ['embedded sub-process', 'input mapping'],
    steps: [
      deploy(
        bpmn(
          'subLocals',
          start(),
          subProcess('s', { inputs: [['=1', 'v']] }, ...inner('subLocals-a')),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('subLocals'),
      ...work('subLocals-a', { v: 2, w: 3 }),
    ],
  },
  'sub-process: an equal value goes up to the root (quirk 2)': {
    covers: ['embedded sub-process', 'quirk 2'],
    steps: [
      deploy(
        bpmn(
          'subEqual',
          start(),
          subProcess('s', { inputs: [['=1', 'v']] }, ...inner('subEqual-a')),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('subEqual'),
      ...work('subEqual-a', { v: 1 }),
    ],
  },
  'sub-process: output mappings bring variables out': {
    covers: ['embedded sub-process', 'output mapping'],
    steps: [
      deploy(
        bpmn(
          'subOut',
          start(),
          subProcess('s', { inputs: [['=1', 'v']], outputs: [['=v * 10', 'result']] }, ...inner('subOut-a')),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('subOut'),
      ...work('subOut-a', { v: 7 }),
    ],
  },
  'sub-process: empty but for start and end': {
    covers: ['embedded sub-process'],
    steps: [
      deploy(bpmn('subEmpty', start(), subProcess('s', {}, start('in')), end(), path('start', 's', 'end'))),
      create('subEmpty'),
    ],
  },
  'sub-process: one in another': {
    covers: ['embedded sub-process'],
    steps: [
      deploy(
        bpmn(
          'nested',
          start(),
          subProcess('outer', {}, start('o'), subProcess('s', {}, ...inner('nested-a')), path('o', 's')),
          end(),
          path('start', 'outer', 'end'),
        ),
      ),
      create('nested'),
      ...work('nested-a'),
    ],
  },
  'sub-process: canceled from the leaves up': {
    covers: ['embedded sub-process', 'CancelProcessInstance'],
    steps: [
      deploy(
        bpmn(
          'subCancel',
          start(),
          parallelGateway('fork'),
          subProcess(
            's',
            {},
            start('in'),
            serviceTask('a', { type: 'subCancel-a' }),
            serviceTask('b', { type: 'subCancel-b' }),
            path('in', 'a'),
            path('in', 'b'),
          ),
          serviceTask('c', { type: 'subCancel-c' }),
          path('start', 'fork', 's'),
          path('fork', 'c'),
        ),
      ),
      create('subCancel'),
      cancel(),
      cancel(),
    ],
  },
  'sub-process: variables set from outside land where they are known': {
    covers: ['embedded sub-process', 'SetVariables'],
    steps: [
      deploy(
        bpmn(
          'subSet',
          start(),
          subProcess('s', { inputs: [['=1', 'v']] }, ...inner('subSet-a')),
          path('start', 's'),
        ),
      ),
      create('subSet', { r: 0 }),
      {
        rpc: 'ActivateJobs',
        message: { type: 'subSet-a', worker: 'w', timeout: 60_000, maxJobsToActivate: 1, requestTimeout: -1 },
      },
      setVariables('$element.a', { v: 2, r: 1, fresh: true }),
      setVariables('$element.a', { v: 3 }, true),
      setVariables('$element.a', { v: 4 }),
      cancel(),
    ],
  },
} satisfies Scenarios;
