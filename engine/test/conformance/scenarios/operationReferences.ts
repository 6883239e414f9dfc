import type { JsonObject } from '@baton/engine/protocol';
import { bpmn, end, path, serviceTask, start } from '../../bpmn.ts';
import { activate, create, deploy, type Scenarios, type Step } from '../scenario.ts';

/** What its sender calls a command; the test engine's gateway loses it, so it comes as a command here. */
const referred = (command: string, operationReference: number, value: JsonObject, key?: string): Step => ({
  command,
  value,
  operationReference,
  ...(key !== undefined && { key }),
});
const two = (id: string) =>
  bpmn(
    id,
    start(),
    serviceTask('a', { type: `${id}-a` }),
    serviceTask('b', { type: '=t' }),
    end(),
    path('start', 'a', 'b', 'end'),
  );

export const operationReferences = {
  'operation reference: of an instance, its variables and its end': {
    covers: ['operationReference', 'CreateProcessInstance', 'SetVariables', 'CancelProcessInstance'],
    steps: [
      deploy(two('refLife')),
      referred('PROCESS_INSTANCE_CREATION CREATE', 11, {
        bpmnProcessId: 'refLife',
        version: -1,
        variables: { x: 1 },
      }),
      create('refLife'),
      referred('VARIABLE_DOCUMENT UPDATE', 12, {
        scopeKey: '$instance',
        updateSemantics: 'PROPAGATE',
        variables: { x: 2 },
      }),
      referred('PROCESS_INSTANCE CANCEL', 14, {}, '$instance'),
      referred('PROCESS_INSTANCE CANCEL', 15, {}, '$instance'),
    ],
  },
  'operation reference: of jobs and incidents': {
    covers: ['operationReference', 'UpdateJobRetries', 'UpdateJobTimeout', 'ResolveIncident'],
    steps: [
      deploy(two('refJob')),
      create('refJob', { t: 5 }, { startInstructions: [{ elementId: 'a' }, { elementId: 'b' }] }),
      activate('refJob-a'),
      referred('JOB UPDATE_RETRIES', 21, { retries: 5 }, '$job.refJob-a'),
      referred('JOB UPDATE_TIMEOUT', 22, { timeout: 5_000 }, '$job.refJob-a'),
      referred('JOB UPDATE_TIMEOUT', 23, { timeout: 5_000 }, '$instance'),
      referred('INCIDENT RESOLVE', 24, {}, '$incident.b'),
      referred('JOB COMPLETE', 25, { variables: { x: 1 } }, '$job.refJob-a'),
    ],
  },
  'operation reference: of a task that listeners hold up': {
    covers: ['operationReference', 'task listener'],
    steps: [
      deploy(
        bpmn(
          'refTask',
          start(),
          '<bpmn:userTask id="ask"><bpmn:extensionElements><zeebe:userTask /><zeebe:taskListeners><zeebe:taskListener eventType="canceling" type="refTask-canceling" /></zeebe:taskListeners></bpmn:extensionElements></bpmn:userTask>',
          end(),
          path('start', 'ask', 'end'),
        ),
      ),
      create('refTask'),
      referred('PROCESS_INSTANCE CANCEL', 41, {}, '$instance'),
      activate('refTask-canceling'),
      { command: 'JOB COMPLETE', key: '$job.refTask-canceling', value: { variables: {} } },
    ],
  },
} satisfies Scenarios;
