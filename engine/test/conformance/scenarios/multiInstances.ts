import {
  callActivity,
  end,
  errorBoundary,
  messageBoundary,
  multiInstance,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  start,
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
  fail,
  own,
  publish,
  resolve,
  type Scenarios,
  setVariables,
  throwError,
  work,
} from '../scenario.ts';

const many = (id: string, loop: Parameters<typeof multiInstance>[1], ...more: string[]) =>
  own(
    id,
    start(),
    multiInstance(serviceTask('a', { type: `${id}-a` }), loop),
    end(),
    ...more,
    path('start', 'a', 'end'),
  );
const covers = ['multi-instance parallel'];
const sequential = ['multi-instance sequential'];
const gathering = { over: '=xs', as: 'x', collection: 'ys', element: '=y' };
const completeAt = (type: string, place: number, variables = {}) => ({
  rpc: 'CompleteJob',
  message: { jobKey: `$job.${type}#${place}`, variables },
});

export const multiInstances = {
  'multi-instance: parallel, gathered by place': {
    covers,
    steps: [
      deploy(many('mi', gathering)),
      create('mi', { xs: [1, 2, 3] }),
      activate('mi-a'),
      completeAt('mi-a', 3, { y: 30 }),
      completeAt('mi-a', 1, { y: 10 }),
      completeAt('mi-a', 2, { y: 20 }),
    ],
  },
  'multi-instance: enough is enough, outputs by place (quirk 5)': {
    covers: [...covers, 'quirk 5'],
    steps: [
      deploy(many('miEnough', { ...gathering, until: '=numberOfCompletedInstances >= 2' })),
      create('miEnough', { xs: [1, 2, 3] }),
      activate('miEnough-a'),
      completeAt('miEnough-a', 2, { y: 20 }),
      completeAt('miEnough-a', 3, { y: 30 }),
    ],
  },
  'multi-instance: the numbers of instances': {
    covers,
    steps: [
      deploy(
        many('miNumbers', {
          over: '=xs',
          until:
            '=numberOfInstances = 3 and numberOfActiveInstances = 1 and numberOfCompletedInstances = 2 and numberOfTerminatedInstances = 0',
        }),
      ),
      create('miNumbers', { xs: ['a', 'b', 'c'] }),
      activate('miNumbers-a'),
      completeAt('miNumbers-a', 1),
      completeAt('miNumbers-a', 2),
    ],
  },
  'multi-instance: a condition that is no boolean stops the instance': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(many('miBadUntil', { over: '=xs', until: '=done' })),
      create('miBadUntil', { xs: [1, 2] }),
      activate('miBadUntil-a'),
      completeAt('miBadUntil-a', 1),
      setVariables('$instance', { done: true }),
      resolve('a'),
    ],
  },
  'multi-instance: one after the other': {
    covers: sequential,
    steps: [
      deploy(many('miSeq', { ...gathering, sequential: true })),
      create('miSeq', { xs: [1, 2] }),
      ...work('miSeq-a', { y: 10 }),
      ...work('miSeq-a', { y: 20 }),
    ],
  },
  'multi-instance: one after the other until enough': {
    covers: sequential,
    steps: [
      deploy(many('miSeqEnough', { ...gathering, sequential: true, until: '=y > 5' })),
      create('miSeqEnough', { xs: [1, 2, 3] }),
      ...work('miSeqEnough-a', { y: 10 }),
    ],
  },
  'multi-instance: one after the other, the list changes meanwhile (quirk 13)': {
    covers: [...sequential, 'quirk 13'],
    steps: [
      deploy(many('miSeqList', { over: '=xs', as: 'x', sequential: true })),
      create('miSeqList', { xs: [1, 2] }),
      setVariables('$instance', { xs: [7, 8] }),
      ...work('miSeqList-a'),
      activate('miSeqList-a'),
      cancel(),
    ],
  },
  'multi-instance: no items': {
    covers: [...covers, ...sequential],
    steps: [
      deploy(many('miEmpty', gathering)),
      create('miEmpty', { xs: [] }),
      deploy(many('miSeqEmpty', { ...gathering, sequential: true })),
      create('miSeqEmpty', { xs: [] }),
    ],
  },
  'multi-instance: what is no list stops it': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(many('miNoList', gathering)),
      create('miNoList'),
      setVariables('$instance', { xs: [1] }),
      resolve('a'),
      cancel(),
    ],
  },
  'multi-instance: an output that fails stops the instance': {
    covers: [...covers, 'incident'],
    steps: [
      deploy(many('miBadOut', { ...gathering, element: '=assert(y, y != null)' })),
      create('miBadOut', { xs: [1] }),
      ...work('miBadOut-a'),
      cancel(),
    ],
  },
  'multi-instance: mappings of every instance': {
    covers: [...covers, 'input mapping', 'output mapping'],
    steps: [
      deploy(
        own(
          'miMapped',
          start(),
          multiInstance(
            serviceTask('a', {
              type: 'miMapped-a',
              inputs: [['=x * 2', 'double']],
              outputs: [['=r + double', 'y']],
            }),
            gathering,
          ),
          end(),
          path('start', 'a', 'end'),
        ),
      ),
      create('miMapped', { xs: [1, 2] }),
      activate('miMapped-a'),
      completeAt('miMapped-a', 1, { r: 100 }),
      completeAt('miMapped-a', 2, { r: 200 }),
    ],
  },
  'multi-instance: interrupted by an error': {
    covers: [...covers, 'error boundary event', 'ThrowError'],
    steps: [
      deploy(
        many('miError', { over: '=xs' }, errorBoundary('b', 'a', 'E1'), end('after'), path('b', 'after')),
      ),
      create('miError', { xs: [1, 2] }),
      activate('miError-a'),
      throwError('miError-a', 'E1', { variables: { z: 1 } }),
    ],
  },
  'multi-instance: interrupted by a timer': {
    covers: [...covers, 'timer boundary event'],
    steps: [
      deploy(
        many(
          'miTimer',
          { over: '=xs' },
          timerBoundary('b', 'a', { duration: 'PT1S' }),
          end('after'),
          path('b', 'after'),
        ),
      ),
      create('miTimer', { xs: [1, 2] }),
      advance(1500),
    ],
  },
  'multi-instance: a message beside it': {
    covers: [...covers, 'message boundary event non-interrupting'],
    steps: [
      deploy(
        many(
          'miMessage',
          { over: '=xs' },
          messageBoundary('b', 'a', 'M1', { interrupting: false }),
          end('after'),
          path('b', 'after'),
        ),
      ),
      create('miMessage', { xs: [1], key: 'k' }),
      publish('miMessage-M1', 'k', { variables: { x: 1 } }),
      ...work('miMessage-a'),
    ],
  },
  'multi-instance: a sub-process, nested': {
    covers: [...covers, ...sequential, 'embedded sub-process'],
    steps: [
      deploy(
        own(
          'miNested',
          start(),
          multiInstance(
            subProcess(
              's',
              {},
              start('in'),
              multiInstance(scriptTask('t', '=row + cell', 'y'), {
                over: '=cells',
                as: 'cell',
                collection: 'sums',
                element: '=y',
                sequential: true,
              }),
              path('in', 't'),
            ),
            { over: '=rows', as: 'row', collection: 'all', element: '=sums' },
          ),
          end(),
          path('start', 's', 'end'),
        ),
      ),
      create('miNested', { rows: [10, 20], cells: [1, 2] }),
    ],
  },
  'multi-instance: calls': {
    covers: [...covers, 'call activity'],
    steps: [
      deploy(
        own('miChild', start(), serviceTask('a', { type: 'miChild-a' }), end(), path('start', 'a', 'end')),
      ),
      deploy(
        own(
          'miCall',
          start(),
          multiInstance(callActivity('call', 'miChild'), gathering),
          end(),
          path('start', 'call', 'end'),
        ),
      ),
      create('miCall', { xs: [1, 2] }),
      activate('miChild-a'),
      completeAt('miChild-a', 1, { y: 1 }),
      completeAt('miChild-a', 2, { y: 2 }),
    ],
  },
  'multi-instance: messages by their own keys': {
    covers: [...covers, 'receive task'],
    steps: [
      deploy(
        own(
          'miReceive',
          start(),
          multiInstance(receiveTask('r', 'M1'), { over: '=keys', as: 'key' }),
          end(),
          path('start', 'r', 'end'),
        ),
      ),
      create('miReceive', { keys: ['k1', 'k2'] }),
      publish('miReceive-M1', 'k2', { variables: { x: 2 } }),
      publish('miReceive-M1', 'k1', { variables: { x: 1 } }),
    ],
  },
  'multi-instance: a job without retries': {
    covers: [...covers, 'FailJob', 'incident'],
    steps: [
      deploy(many('miFail', { over: '=xs' })),
      create('miFail', { xs: [1, 2] }),
      activate('miFail-a'),
      fail('miFail-a', 0),
      complete('miFail-a'),
      cancel(),
    ],
  },
  'multi-instance: canceled': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [deploy(many('miCancel', gathering)), create('miCancel', { xs: [1, 2] }), cancel()],
  },
} satisfies Scenarios;
