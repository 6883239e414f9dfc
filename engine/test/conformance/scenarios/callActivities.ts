import {
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  path,
  serviceTask,
  start,
  startMessage,
  timerBoundary,
} from '../../bpmn.ts';
import {
  activate,
  advance,
  cancel,
  create,
  deploy,
  own,
  resolve,
  type Scenarios,
  setVariables,
  throwError,
  work,
} from '../scenario.ts';

const child = (id: string) =>
  own(id, start(), serviceTask('a', { type: `${id}-a` }), end(), path('start', 'a', 'end'));
const caller = (
  id: string,
  called: string,
  options: Parameters<typeof callActivity>[2] = {},
  ...more: string[]
) => own(id, start(), callActivity('call', called, options), end(), ...more, path('start', 'call', 'end'));
const versioned = (xml: string, tag: string) =>
  xml.replace(
    /(<bpmn:process id="[^"]+" isExecutable="true">)/,
    `$1<bpmn:extensionElements><zeebe:versionTag value="${tag}" /></bpmn:extensionElements>`,
  );
const covers = ['call activity'];

export const callActivities = {
  'call activity: all variables down and up': {
    covers,
    steps: [
      deploy(child('cChild')),
      deploy(caller('cAll', 'cChild', { inputs: [['=x + 1', 'y']] })),
      create('cAll', { x: 1 }),
      ...work('cChild-a', { z: 3, x: 9 }),
    ],
  },
  'call activity: only what is mapped': {
    covers: [...covers, 'input mapping', 'output mapping'],
    steps: [
      deploy(child('cMapChild')),
      deploy(
        caller('cMap', 'cMapChild', {
          allToChild: false,
          allFromChild: false,
          inputs: [['=x + 1', 'y']],
          outputs: [['=z', 'w']],
        }),
      ),
      create('cMap', { x: 1 }),
      ...work('cMapChild-a', { z: 3, other: 1 }),
    ],
  },
  'call activity: nothing comes back': {
    covers,
    steps: [
      deploy(child('cNoneChild')),
      deploy(caller('cNone', 'cNoneChild', { allFromChild: false })),
      create('cNone', { x: 1 }),
      ...work('cNoneChild-a', { z: 3 }),
    ],
  },
  'call activity: the process from an expression, latest version': {
    covers,
    steps: [
      deploy(child('cLatest')),
      deploy(child('cLatest').replace('id="end"', 'id="end" name="two"')),
      deploy(caller('cExpression', '=which')),
      create('cExpression', { which: 'cLatest' }),
      activate('cLatest-a'),
      cancel(),
    ],
  },
  'call activity: a process that is not there, then it is': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(caller('cMissing', 'cMissingChild')),
      create('cMissing'),
      deploy(child('cMissingChild')),
      resolve('call'),
      ...work('cMissingChild-a'),
    ],
  },
  'call activity: a process without a none start event': {
    covers: [...covers, 'incident'],
    steps: [
      deploy(own('cNoStartChild', startMessage('s', 'M1'), end(), path('s', 'end'))),
      deploy(caller('cNoStart', 'cNoStartChild')),
      create('cNoStart'),
      cancel(),
    ],
  },
  'call activity: a name that is no text': {
    covers: [...covers, 'incident'],
    steps: [deploy(caller('cBadName', '=which')), create('cBadName', { which: 5 }), cancel()],
  },
  'call activity: bound to its deployment': {
    covers,
    steps: [
      {
        rpc: 'DeployResource',
        message: {
          resources: [
            { name: 'child.bpmn', content: child('cBoundChild') },
            { name: 'caller.bpmn', content: caller('cBound', 'cBoundChild', { binding: 'deployment' }) },
          ],
        },
      },
      deploy(child('cBoundChild').replace('id="end"', 'id="end" name="two"')),
      create('cBound'),
      activate('cBoundChild-a'),
      cancel(),
    ],
  },
  'call activity: bound to a version tag': {
    covers,
    steps: [
      deploy(versioned(child('cTagChild'), 'v1')),
      deploy(versioned(child('cTagChild').replace('id="end"', 'id="end" name="two"'), 'v2')),
      deploy(caller('cTag', 'cTagChild', { binding: 'versionTag', versionTag: 'v1' })),
      create('cTag'),
      activate('cTagChild-a'),
      cancel(),
    ],
  },
  'call activity: a version tag that is not there': {
    covers: [...covers, 'incident'],
    steps: [
      deploy(child('cNoTagChild')),
      deploy(caller('cNoTag', 'cNoTagChild', { binding: 'versionTag', versionTag: 'v9' })),
      create('cNoTag'),
      cancel(),
    ],
  },
  'call activity: canceled with all it called': {
    covers: [...covers, 'CancelProcessInstance'],
    steps: [
      deploy(child('cCancelChild')),
      deploy(caller('cCancel', 'cCancelChild')),
      create('cCancel'),
      activate('cCancelChild-a'),
      { rpc: 'CancelProcessInstance', message: { processInstanceKey: '$element.cCancelChild' } },
      cancel(),
    ],
  },
  'call activity: interrupted by a timer': {
    covers: [...covers, 'timer boundary event'],
    steps: [
      deploy(child('cTimerChild')),
      deploy(
        caller(
          'cTimer',
          'cTimerChild',
          {},
          timerBoundary('b', 'call', { duration: 'PT1S' }),
          end('after'),
          path('b', 'after'),
        ),
      ),
      create('cTimer'),
      advance(1500),
    ],
  },
  'call activity: an error comes up': {
    covers: [...covers, 'error end event', 'error boundary event'],
    steps: [
      deploy(own('cErrorChild', start(), errorEnd('e', 'E1'), path('start', 'e'))),
      deploy(
        caller(
          'cError',
          'cErrorChild',
          {},
          errorBoundary('b', 'call', 'E1'),
          end('after'),
          path('b', 'after'),
        ),
      ),
      create('cError'),
    ],
  },
  'call activity: an error of a job comes up': {
    covers: [...covers, 'ThrowError', 'error boundary event'],
    steps: [
      deploy(child('cThrowChild')),
      deploy(
        caller(
          'cThrow',
          'cThrowChild',
          {},
          errorBoundary('b', 'call', 'E1'),
          end('after'),
          path('b', 'after'),
        ),
      ),
      create('cThrow'),
      activate('cThrowChild-a'),
      throwError('cThrowChild-a', 'E1', { variables: { x: 1 } }),
    ],
  },
  'call activity: calls within calls': {
    covers,
    steps: [
      deploy(child('cDeepest')),
      deploy(caller('cDeep', 'cDeepest')),
      deploy(caller('cTop', 'cDeep')),
      create('cTop', { x: 1 }),
      ...work('cDeepest-a', { y: 1 }),
    ],
  },
  'call activity: an output mapping that fails stops it': {
    covers: [...covers, 'incident', 'ResolveIncident'],
    steps: [
      deploy(child('cBadOutChild')),
      deploy(caller('cBadOut', 'cBadOutChild', { outputs: [['=assert(q, q != null)', 'w']] })),
      create('cBadOut'),
      ...work('cBadOutChild-a'),
      setVariables('$instance', { q: 1 }),
      resolve('call'),
    ],
  },
} satisfies Scenarios;
