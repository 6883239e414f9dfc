import type { JsonObject } from '@baton/engine/protocol';
import {
  adHocSubProcess,
  callActivity,
  catchMessage,
  catchTimer,
  end,
  eventGateway,
  eventSubProcess,
  flow,
  inclusiveGateway,
  messageBoundary,
  multiInstance,
  path,
  receiveTask,
  scriptTask,
  serviceTask,
  signalEnd,
  start,
  startMessage,
  subProcess,
  throwEvent,
  throwSignal,
} from '../../bpmn.ts';
import {
  create,
  deploy,
  migrate,
  own,
  publish,
  resolve,
  type Scenario,
  type Scenarios,
  type Step,
  setVariables,
} from '../scenario.ts';

const failing = [['=assert(go, go != null)', 'went']] as const;
const around = (a: string) => [start(), a, end(), path('start', 'a', 'end')];

interface Case {
  content: string[];
  /** Until it stops. */
  before?: (id: string) => Step[];
  /** Where it stops, if not at `a`. */
  at?: string;
}

/** Elements that an incident stopped. */
const cases: { readonly [elementType: string]: Case } = {
  START_EVENT: {
    content: [
      start('a').replace(
        ' />',
        '><bpmn:extensionElements><zeebe:ioMapping><zeebe:output source="=assert(go, go != null)" target="went" /></zeebe:ioMapping></bpmn:extensionElements></bpmn:startEvent>',
      ),
      end(),
      path('a', 'end'),
    ],
  },
  END_EVENT: { content: [start(), signalEnd('a', 'S1', { inputs: failing }), path('start', 'a')] },
  INTERMEDIATE_THROW_EVENT: { content: around(throwEvent('a', failing)) },
  'INTERMEDIATE_THROW_EVENT of a signal': { content: around(throwSignal('a', 'S1', { inputs: failing })) },
  INTERMEDIATE_CATCH_EVENT: { content: around(catchMessage('a', 'M1')) },
  RECEIVE_TASK: { content: around(receiveTask('a', 'M1')) },
  SCRIPT_TASK: { content: around(scriptTask('a', '=assert(go, go != null)', 'went')) },
  CALL_ACTIVITY: { content: around(callActivity('a', 'nobodyAtAll')) },
  SUB_PROCESS: { content: around(subProcess('a', { inputs: failing }, start('begin'))) },
  AD_HOC_SUB_PROCESS: { content: around(adHocSubProcess('a', { active: '=go' }, serviceTask('tool'))) },
  MULTI_INSTANCE_BODY: { content: around(multiInstance(serviceTask('a'), { over: '=go' })) },
  INCLUSIVE_GATEWAY: {
    content: [start(), inclusiveGateway('a'), end(), path('start', 'a'), flow('a', 'end', '=go')],
  },
  EVENT_BASED_GATEWAY: {
    content: [
      start(),
      eventGateway('a'),
      catchMessage('m', 'M1'),
      catchTimer('t', { duration: 'PT1H' }),
      path('start', 'a', 'm'),
      flow('a', 't'),
    ],
  },
  BOUNDARY_EVENT: {
    content: [
      start(),
      serviceTask('task'),
      messageBoundary('a', 'task', 'M1', { outputs: failing }),
      end(),
      path('start', 'task'),
      path('a', 'end'),
    ],
    before: (id) => [setVariables('$instance', { unused: 1 }), publish(`${id}-M1`, 'k')],
  },
  EVENT_SUB_PROCESS: {
    content: [
      start(),
      serviceTask('task'),
      eventSubProcess(
        'handler',
        startMessage('a', 'M1', { outputs: failing }),
        end('over'),
        path('a', 'over'),
      ),
      path('start', 'task'),
    ],
    before: (id) => [publish(`${id}-M1`, 'k')],
  },
};

const unmapped: Scenario = {
  covers: ['MigrateProcessInstance', 'incident'],
  steps: [
    deploy(own('stoppedUnmapped', start(), throwEvent('a', failing), end(), path('start', 'a', 'end'))),
    deploy(
      own('stoppedUnmappedTo', start(), serviceTask('a'), end(), path('start', 'a', 'end')),
      'target.bpmn',
    ),
    create('stoppedUnmapped'),
    migrate('stoppedUnmappedTo', []),
    migrate('stoppedUnmappedTo', [['a', 'a']]),
  ],
};

export const stoppedMigrations: Scenarios = Object.fromEntries(
  Object.entries(cases)
    .map(([elementType, { content, before }], index): [string, Scenario] => {
      const id = `migStopped${index}`;
      const ids = [...content.join('').matchAll(/<bpmn:(?!sequenceFlow)\w+ id="([^"]+)"/g)].map(
        ([, one]) => one!,
      );
      const waiting: JsonObject = before ? { key: 'k' } : {};
      return [
        `migration of what stopped: ${elementType}`,
        {
          covers: ['MigrateProcessInstance', 'incident'],
          steps: [
            deploy(own(id, ...content)),
            deploy(own(`${id}To`, ...content).replaceAll(`${id}To-`, `${id}-`), 'target.bpmn'),
            create(id, waiting),
            ...(before?.(id) ?? []),
            migrate(
              `${id}To`,
              ids.filter((one) => one !== 'begin').map((one) => [one, one]),
            ),
            resolve('a'),
          ],
        },
      ];
    })
    .concat([['migration of what stopped: not mapped', unmapped]]),
);
