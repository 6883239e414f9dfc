import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { create, deploy, type Scenarios, type Step, work } from '../scenario.ts';

const one = (id: string) =>
  bpmn(id, start(), serviceTask('a', { type: `${id}-a` }), end(), path('start', 'a', 'end'));

const UNKNOWN_KEY = '2251799813999999';

function refused(rpc: string, ...messages: JsonObject[]): Scenarios[string] {
  return { covers: [rpc], steps: messages.map((message): Step => ({ rpc, message })) };
}

export const calls = {
  'call: create what is not there': refused(
    'CreateProcessInstance',
    { bpmnProcessId: 'nowhere', version: -1 },
    { bpmnProcessId: 'nowhere', version: 99 },
    { processDefinitionKey: '123' },
    { processDefinitionKey: UNKNOWN_KEY },
    {},
    { bpmnProcessId: 'nowhere' },
  ),
  'call: create with bad variables': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(one('badVariables')),
      ...['{a', '[1]', '"text"', '5', 'null', '', '{"a":1} x', '{}'].map(
        (variables): Step => ({
          rpc: 'CreateProcessInstance',
          message: { bpmnProcessId: 'badVariables', version: -1, variables },
        }),
      ),
    ],
  },
  'call: create by key': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(one('byKey')),
      create('byKey'),
      { rpc: 'CreateProcessInstance', message: { processDefinitionKey: '$definition' } },
      create('byKey', {}, { version: 0 }),
      create('byKey', {}, { version: 7 }),
    ],
  },
  'call: create for a tenant where there are none': refused('CreateProcessInstance', {
    bpmnProcessId: 'nowhere',
    version: -1,
    tenantId: 'foo',
  }),
  'call: create with result': {
    covers: ['CreateProcessInstanceWithResult'],
    steps: [
      deploy(one('withResult')),
      {
        rpc: 'CreateProcessInstanceWithResult',
        message: {
          request: { bpmnProcessId: 'withResult', version: -1, variables: { x: 1 } },
          requestTimeout: 60_000,
        },
        later: 'result',
      },
      ...work('withResult-a', { y: 2 }),
      { answerOf: 'result' },
    ],
  },
  'call: create with some of the result': {
    covers: ['CreateProcessInstanceWithResult'],
    steps: [
      deploy(bpmn('someResult', start(), end(), path('start', 'end'))),
      {
        rpc: 'CreateProcessInstanceWithResult',
        message: {
          request: { bpmnProcessId: 'someResult', version: -1, variables: { x: 1, y: 2 } },
          fetchVariables: ['y', 'missing'],
          requestTimeout: 10_000,
        },
      },
    ],
  },
  'call: create with result what is not there': refused('CreateProcessInstanceWithResult', {
    request: { bpmnProcessId: 'nowhere', version: -1 },
    requestTimeout: 1000,
  }),
  'call: start in the middle': {
    covers: ['CreateProcessInstance'],
    steps: [
      deploy(
        bpmn(
          'middle',
          start(),
          serviceTask('a', { type: 'middle-a' }),
          serviceTask('b', { type: 'middle-b' }),
          end(),
          path('start', 'a', 'b', 'end'),
        ),
      ),
      create('middle', {}, { startInstructions: [{ elementId: 'b' }] }),
      create('middle', {}, { startInstructions: [{ elementId: 'zz' }] }),
      create('middle', {}, { startInstructions: [{ elementId: 'start' }] }),
      create('middle', {}, { startInstructions: [{ elementId: 'start-a' }] }),
    ],
  },
  'call: cancel what is not there': refused('CancelProcessInstance', { processInstanceKey: UNKNOWN_KEY }),
  'call: cancel in a partition that is not there': refused(
    'CancelProcessInstance',
    { processInstanceKey: '1' },
    { processInstanceKey: '99079191802150912' },
  ),
  'call: complete a job that is not there': refused(
    'CompleteJob',
    { jobKey: UNKNOWN_KEY },
    { jobKey: UNKNOWN_KEY, variables: '{a' },
    { jobKey: UNKNOWN_KEY, variables: '[]' },
  ),
  'call: fail a job that is not there': refused('FailJob', { jobKey: UNKNOWN_KEY, retries: 1 }),
  'call: throw an error for a job that is not there': refused('ThrowError', {
    jobKey: UNKNOWN_KEY,
    errorCode: 'E',
  }),
  'call: retries for a job that is not there': refused(
    'UpdateJobRetries',
    { jobKey: UNKNOWN_KEY, retries: 1 },
    { jobKey: UNKNOWN_KEY, retries: 0 },
  ),
  'call: timeout for a job that is not there': refused('UpdateJobTimeout', {
    jobKey: UNKNOWN_KEY,
    timeout: 1000,
  }),
  'call: resolve an incident that is not there': refused('ResolveIncident', { incidentKey: UNKNOWN_KEY }),
  'call: set variables of what is not there': refused(
    'SetVariables',
    { elementInstanceKey: UNKNOWN_KEY, variables: { x: 1 } },
    { elementInstanceKey: UNKNOWN_KEY, variables: '[1]' },
  ),
  'call: take jobs without a type': refused(
    'ActivateJobs',
    { type: '', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 },
    { type: '  ', worker: 'w', timeout: 1000, maxJobsToActivate: 1, requestTimeout: -1 },
  ),
  'call: take jobs without a timeout': refused(
    'ActivateJobs',
    { type: 'x', worker: 'w', timeout: 0, maxJobsToActivate: 1, requestTimeout: -1 },
    { type: 'x', worker: 'w', timeout: -1, maxJobsToActivate: 1, requestTimeout: -1 },
  ),
  'call: take no jobs': refused('ActivateJobs', {
    type: 'x',
    worker: 'w',
    timeout: 1000,
    maxJobsToActivate: 0,
    requestTimeout: -1,
  }),
  'call: take jobs of nobody': refused('ActivateJobs', {
    type: 'nobody',
    worker: '',
    timeout: 1000,
    maxJobsToActivate: 1,
    requestTimeout: -1,
  }),
  'call: have jobs sent without a type or a timeout': refused(
    'StreamActivatedJobs',
    { type: '', worker: 'w', timeout: 1000 },
    { type: 'x', worker: 'w', timeout: 0 },
  ),
  'call: topology': refused('Topology', {}),
} satisfies Scenarios;
