import type { JsonObject } from '@baton/engine/protocol';
import { bpmn } from '../bpmn.ts';

/**
 * What a client does, as data. In messages a text that starts with `$` names the key of something seen before: `$instance` the
 * newest process instance, `$definition` the definition of it, `$job.TYPE` the newest job taken of a type, `$element.ID` the
 * newest instance of an element, and by their ids what was deployed: `$definition.ID`, `$decision.ID`, `$requirements.ID`,
 * `$form.ID`, `$resource.ID`. Where records can be seen also `$incident.ID` and `$userTask.ID` (of an element) and `$batch.TYPE`.
 * `#2` behind a name is the second that was seen: `$element.a#2`. Objects under `variables` travel as JSON.
 */
export type Step =
  | { rpc: string; message: JsonObject /** The answer is looked at by a later step. */; later?: string }
  /** Has no RPC: the value type and the intent, the key and the value of the command. */
  | { command: string; key?: string; value: JsonObject; operationReference?: number }
  | { answerOf: string }
  /** ms. */
  | { advance: number };

export interface Scenario {
  /** Names of elements and RPCs; the table has a row for each. */
  covers: readonly string[];
  steps: readonly Step[];
}

/** Scenarios by name. Process ids, job types and message names belong to one scenario: the real broker runs all of them. */
export interface Scenarios {
  readonly [name: string]: Scenario;
}

// steps in the words of a scenario

export const deploy = (xml: string, name = 'process.bpmn'): Step => ({
  rpc: 'DeployResource',
  message: { resources: [{ name, content: xml }] },
});

export const create = (bpmnProcessId: string, variables: JsonObject = {}, more: JsonObject = {}): Step => ({
  rpc: 'CreateProcessInstance',
  message: { bpmnProcessId, version: -1, variables, ...more },
});

/** Takes the jobs that wait. */
export const activate = (type: string, more: JsonObject = {}): Step => ({
  rpc: 'ActivateJobs',
  message: {
    type,
    worker: 'worker',
    timeout: 60_000,
    maxJobsToActivate: 100,
    requestTimeout: -1,
    ...more,
  },
});

export const complete = (type: string, variables: JsonObject = {}): Step => ({
  rpc: 'CompleteJob',
  message: { jobKey: `$job.${type}`, variables },
});

/** Takes the job of a type and completes it. */
export const work = (type: string, variables: JsonObject = {}): Step[] => [
  activate(type),
  complete(type, variables),
];

/** Completes the job of a type with a result of its worker; no real gateway of a recording takes one. */
export const answer = (type: string, result: JsonObject, variables: JsonObject = {}): Step => ({
  command: 'JOB COMPLETE',
  key: `$job.${type}`,
  value: { variables, result },
});

/** Takes the job of a type and completes it with a result. */
export const workWith = (type: string, result: JsonObject, variables: JsonObject = {}): Step[] => [
  activate(type),
  answer(type, result, variables),
];

export const fail = (type: string, retries: number, more: JsonObject = {}): Step => ({
  rpc: 'FailJob',
  message: { jobKey: `$job.${type}`, retries, ...more },
});

export const throwError = (type: string, errorCode: string, more: JsonObject = {}): Step => ({
  rpc: 'ThrowError',
  message: { jobKey: `$job.${type}`, errorCode, ...more },
});

export const setVariables = (elementInstanceKey: string, variables: JsonObject, local = false): Step => ({
  rpc: 'SetVariables',
  message: { elementInstanceKey, variables, local },
});

export const cancel = (): Step => ({
  rpc: 'CancelProcessInstance',
  message: { processInstanceKey: '$instance' },
});
export const resolve = (elementId: string): Step => ({
  rpc: 'ResolveIncident',
  message: { incidentKey: `$incident.${elementId}` },
});
export const advance = (ms: number): Step => ({ advance: ms });

/** What ModifyProcessInstance activates: an element by id, or with an ancestor and variables. */
export interface Activation {
  elementId: string;
  ancestorElementInstanceKey: string;
  variableInstructions: { variables: JsonObject; scopeId: string }[];
}

export const activation = (
  elementId: string,
  {
    ancestor = '-1',
    variables = [],
  }: { ancestor?: string; variables?: { variables: JsonObject; scopeId?: string }[] } = {},
): Activation => ({
  elementId,
  ancestorElementInstanceKey: ancestor,
  variableInstructions: variables.map((one) => ({ scopeId: '', ...one })),
});

/** Activates elements, and terminates the newest instances of others (a number is a key). */
export const modify = (
  { activate = [], terminate = [] }: { activate?: (string | Activation)[]; terminate?: (string | number)[] },
  processInstanceKey = '$instance',
): Step => ({
  rpc: 'ModifyProcessInstance',
  message: {
    processInstanceKey,
    activateInstructions: activate.map((one) =>
      typeof one === 'string' ? activation(one) : one,
    ) as unknown as JsonObject[],
    terminateInstructions: terminate.map((one) => ({
      elementInstanceKey: typeof one === 'number' ? `${one}` : `$element.${one}`,
    })),
  },
});

/** Takes the instance to the newest version of another process; mappings are `[from, to]`. */
export const migrate = (
  targetProcessId: string,
  mappings: readonly (readonly [string, string])[],
  processInstanceKey = '$instance',
): Step => ({
  rpc: 'MigrateProcessInstance',
  message: {
    processInstanceKey,
    migrationPlan: {
      targetProcessDefinitionKey: /^\d/.test(targetProcessId)
        ? targetProcessId
        : `$definition.${targetProcessId}`,
      mappingInstructions: mappings.map(([sourceElementId, targetElementId]) => ({
        sourceElementId,
        targetElementId,
      })),
    },
  },
});
export const publish = (name: string, correlationKey: string, more: JsonObject = {}): Step => ({
  rpc: 'PublishMessage',
  message: { name, correlationKey, timeToLive: 0, ...more },
});
export const broadcast = (signalName: string, variables: JsonObject = {}): Step => ({
  rpc: 'BroadcastSignal',
  message: { signalName, variables },
});

/** A process whose messages and signals are its own: `M1` is `ID-M1`. */
export const own = (id: string, ...content: string[]): string =>
  bpmn(id, ...content).replaceAll(/name="([MS]\d)"/g, `name="${id}-$1"`);
