import {
  adHocSubProcess,
  bpmn,
  callActivity,
  end,
  errorBoundary,
  errorEnd,
  exclusiveGateway,
  flow,
  listening,
  path,
  serviceTask,
  start,
  subProcess,
  userTask,
} from '../../bpmn.ts';
import { decision, dmn, literal, table } from '../../dmn.ts';
import {
  activate,
  answer,
  cancel,
  complete,
  create,
  deploy,
  fail,
  migrate,
  resolve,
  type Scenario,
  type Scenarios,
  type Step,
  setVariables,
  throwError,
  work,
} from '../scenario.ts';

/** The cause of each lasts over a first resolution and is gone at the second. */
const covers = ['incident', 'ResolveIncident'];

const retries = (type: string, count = 1): Step => ({
  rpc: 'UpdateJobRetries',
  message: { jobKey: `$job.${type}`, retries: count },
});

/** A job without retries: refused, then again without retries, then done. */
const failsTwice = (type: string, elementId: string): Step[] => [
  activate(type),
  fail(type, 0, { errorMessage: 'first' }),
  resolve(elementId),
  retries(type),
  resolve(elementId),
  activate(type),
  fail(type, 0, { errorMessage: 'second' }),
  retries(type, 2),
  resolve(elementId),
  activate(type),
];

const around = (id: string, task: string, name: string) =>
  bpmn(id, start(), task, end(), path('start', name, 'end'));

const ruleTask = (decisionId: string) =>
  `<bpmn:businessRuleTask id="a"><bpmn:extensionElements><zeebe:calledDecision decisionId="${decisionId}" resultVariable="r" /></bpmn:extensionElements></bpmn:businessRuleTask>`;

const large = (name: string, length: number) => setVariables('$instance', { [name]: 'x'.repeat(length) });

const linked = (attributes: string) =>
  `<bpmn:serviceTask id="a"><bpmn:extensionElements><zeebe:taskDefinition type="missingResource-a" /><zeebe:linkedResources><zeebe:linkedResource ${attributes} /></zeebe:linkedResources></bpmn:extensionElements></bpmn:serviceTask>`;

const byType: { readonly [errorType: string]: Scenario['steps'] } = {
  IO_MAPPING_ERROR: [
    deploy(
      around(
        'badMapping',
        serviceTask('a', {
          type: 'badMapping-a',
          inputs: [['=assert(x, x != null)', 'y']],
          outputs: [['=assert(z, z != null)', 'w']],
        }),
        'a',
      ),
    ),
    create('badMapping'),
    resolve('a'),
    setVariables('$instance', { x: 1 }),
    resolve('a'),
    ...work('badMapping-a'),
    resolve('a'),
    setVariables('$element.a', { z: 2 }, true),
    resolve('a'),
  ],
  JOB_NO_RETRIES: [
    deploy(around('incidentNoRetries', serviceTask('a', { type: 'incidentNoRetries-a' }), 'a')),
    create('incidentNoRetries'),
    ...failsTwice('incidentNoRetries-a', 'a'),
    complete('incidentNoRetries-a'),
  ],
  EXECUTION_LISTENER_NO_RETRIES: [
    deploy(
      around(
        'noListener',
        listening(serviceTask('a', { type: 'noListener-a' }), 'start:noListener-s', 'end:noListener-e'),
        'a',
      ),
    ),
    create('noListener'),
    ...failsTwice('noListener-s', 'a'),
    complete('noListener-s', { x: 1 }),
    ...work('noListener-a'),
    ...failsTwice('noListener-e', 'a'),
    complete('noListener-e', { y: 1 }),
  ],
  TASK_LISTENER_NO_RETRIES: [
    deploy(
      around(
        'noTaskListener',
        userTask(
          'a',
          '<zeebe:taskListeners><zeebe:taskListener eventType="creating" type="noTaskListener-c" /><zeebe:taskListener eventType="completing" type="noTaskListener-d" /></zeebe:taskListeners>',
        ),
        'a',
      ),
    ),
    create('noTaskListener'),
    ...failsTwice('noTaskListener-c', 'a'),
    complete('noTaskListener-c'),
    { command: 'USER_TASK COMPLETE', key: '$userTask.a', value: { variables: { x: 1 }, action: '' } },
    ...failsTwice('noTaskListener-d', 'a'),
    complete('noTaskListener-d'),
  ],
  AD_HOC_SUB_PROCESS_NO_RETRIES: [
    deploy(
      around(
        'noAdHoc',
        adHocSubProcess('a', { type: 'noAdHoc-a' }, serviceTask('tool', { type: 'noAdHoc-tool' })),
        'a',
      ),
    ),
    create('noAdHoc'),
    ...failsTwice('noAdHoc-a', 'a'),
    answer('noAdHoc-a', {
      type: 'AD_HOC_SUB_PROCESS',
      activateElements: [],
      isCompletionConditionFulfilled: true,
    }),
  ],
  CONDITION_ERROR: [
    deploy(
      bpmn(
        'noWay',
        start(),
        exclusiveGateway('a'),
        end('one'),
        end('two'),
        path('start', 'a'),
        flow('a', 'one', '=x = 1'),
        flow('a', 'two', '=x = 2'),
      ),
    ),
    create('noWay', { x: 3 }),
    resolve('a'),
    setVariables('$instance', { x: 2 }),
    resolve('a'),
  ],
  EXTRACT_VALUE_ERROR: [
    deploy(
      bpmn(
        'noBoolean',
        start(),
        exclusiveGateway('a'),
        end('one'),
        end('two'),
        path('start', 'a'),
        flow('a', 'one', '=x'),
        flow('a', 'two', '=not(x)'),
      ),
    ),
    create('noBoolean', { x: 'text' }),
    resolve('a'),
    setVariables('$instance', { x: true }),
    resolve('a'),
  ],
  CALLED_ELEMENT_ERROR: [
    deploy(around('noCalled', callActivity('a', 'noCalledChild'), 'a')),
    create('noCalled'),
    resolve('a'),
    deploy(bpmn('noCalledChild', start(), end(), path('start', 'end')), 'child.bpmn'),
    resolve('a'),
  ],
  UNHANDLED_ERROR_EVENT: [
    deploy(
      around('noCatch', subProcess('s', {}, start('begin'), errorEnd('e', 'E1'), path('begin', 'e')), 's'),
    ),
    deploy(
      bpmn(
        'noCatchNext',
        start(),
        subProcess('s', {}, start('begin'), errorEnd('e', 'E1'), path('begin', 'e')),
        errorBoundary('b', 's', 'E1'),
        end(),
        end('caught'),
        path('start', 's', 'end'),
        path('b', 'caught'),
      ),
      'next.bpmn',
    ),
    create('noCatch'),
    resolve('e'),
    migrate('noCatchNext', [
      ['s', 's'],
      ['e', 'e'],
    ]),
    resolve('e'),
    cancel(),
  ],
  CALLED_DECISION_ERROR: [
    deploy(around('noDecision', ruleTask('missingDecision'), 'a')),
    create('noDecision', { x: 1 }),
    resolve('a'),
    deploy(dmn('missingDecisionGraph', [decision('missingDecision', literal('x + 1'))]), 'decisions.dmn'),
    resolve('a'),
  ],
  DECISION_EVALUATION_ERROR: [
    deploy(
      dmn('unsureDecisionGraph', [
        decision(
          'unsureDecision',
          table({
            hitPolicy: 'UNIQUE',
            inputs: [{ expression: 'x' }],
            outputs: [{ name: 'what' }],
            rules: [
              [['> 1'], ['"a"']],
              [['> 2'], ['"b"']],
            ],
          }),
        ),
      ]),
      'decisions.dmn',
    ),
    deploy(around('unsureRule', ruleTask('unsureDecision'), 'a')),
    create('unsureRule', { x: 3 }),
    resolve('a'),
    setVariables('$instance', { x: 2 }),
    resolve('a'),
  ],
  FORM_NOT_FOUND: [
    deploy(around('noForm', userTask('a', '<zeebe:formDefinition formId="missingForm" />'), 'a')),
    create('noForm'),
    resolve('a'),
    deploy(JSON.stringify({ id: 'missingForm', type: 'default', components: [] }), 'a.form'),
    resolve('a'),
    cancel(),
  ],
  RESOURCE_NOT_FOUND: [
    deploy(
      around(
        'missingResource',
        linked('resourceId="missingScript" resourceType="RPA" linkName="script" bindingType="latest"'),
        'a',
      ),
    ),
    create('missingResource'),
    resolve('a'),
    deploy(
      JSON.stringify({
        id: 'missingScript',
        name: 'n',
        executionPlatform: 'x',
        executionPlatformVersion: '1',
      }),
      'a.rpa',
    ),
    resolve('a'),
    ...work('missingResource-a'),
  ],
  MESSAGE_SIZE_EXCEEDED: [
    deploy(around('tooLarge', serviceTask('a', { type: 'tooLarge-a' }), 'a')),
    create('tooLarge'),
    large('one', 1_500_000),
    large('two', 1_500_000),
    large('three', 1_500_000),
    activate('tooLarge-a'),
    resolve('a'),
    activate('tooLarge-a'),
    setVariables('$instance', { two: '', three: '', one: '' }),
    activate('tooLarge-a'),
    resolve('a'),
    ...work('tooLarge-a'),
  ],
};

const errorOfAJob: Scenario = {
  covers: [...covers, 'UNHANDLED_ERROR_EVENT', 'ThrowError', 'MigrateProcessInstance'],
  steps: [
    deploy(around('noCatchJob', serviceTask('a', { type: 'noCatchJob-a' }), 'a')),
    deploy(
      bpmn(
        'noCatchJobNext',
        start(),
        serviceTask('a', { type: 'noCatchJob-a' }),
        errorBoundary('b', 'a', 'E1'),
        end(),
        end('caught'),
        path('start', 'a', 'end'),
        path('b', 'caught'),
      ),
      'next.bpmn',
    ),
    create('noCatchJob'),
    activate('noCatchJob-a'),
    throwError('noCatchJob-a', 'E1'),
    resolve('a'),
    activate('noCatchJob-a'),
    throwError('noCatchJob-a', 'E1'),
    migrate('noCatchJobNext', [['a', 'a']]),
    resolve('a'),
    activate('noCatchJob-a'),
    throwError('noCatchJob-a', 'E1'),
  ],
};

export const incidentTypes: Scenarios = Object.fromEntries(
  Object.entries(byType)
    .map(([errorType, steps]): [string, Scenario] => [
      `incident of ${errorType}: raised, raised anew, gone`,
      { covers: [...covers, errorType], steps },
    ])
    .concat([['incident of an error of a job: raised, raised anew, caught', errorOfAJob]]),
);
