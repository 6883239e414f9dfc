import type { JobDefinition } from '@baton/engine/model';
import {
  failed,
  type JobKind,
  type JobValue,
  type JsonObject,
  type ListenerEventType,
  ok,
  type Result,
} from '@baton/engine/protocol';
import type { Job } from '../../state/jobs.ts';
import type { State } from '../../state/state.ts';
import type { ElementContext } from '../elementContext.ts';
import type { ActivatedJob, Failure, ProcessingContext } from '../types.ts';
import { evaluateInteger, evaluateString } from './expressions.ts';
import { linkResources } from './linkedResources.ts';

export interface JobProperties {
  type: string;
  retries: number;
  headers: { readonly [name: string]: string };
}

export function evaluateJob(task: JobDefinition, context: ElementContext): Result<JobProperties, Failure> {
  const { processing, key } = context;
  if (task.fault !== undefined)
    return failed({ errorType: 'EXTRACT_VALUE_ERROR', message: task.fault, variableScopeKey: key });
  const type = evaluateString(task.jobType, key, processing);
  if (!type.ok) return type;
  const retries = evaluateInteger(task.retries, key, processing);
  if (!retries.ok) return retries;
  const properties = { type: type.value, retries: retries.value, headers: task.headers };
  if (!task.linkedResources) return ok(properties);
  const linkedResources = linkResources(task.linkedResources, context);
  if (!linkedResources.ok) return linkedResources;
  return ok({ ...properties, headers: { ...task.headers, linkedResources: linkedResources.value } });
}

export function createJob(
  { type, retries, headers }: JobProperties,
  context: ElementContext,
  kind: JobKind = 'BPMN_ELEMENT',
  listenerEventType?: ListenerEventType,
): void {
  const { processing, key: elementInstanceKey, value } = context;
  const key = processing.nextKey();
  const job: JobValue = {
    type,
    kind,
    ...(listenerEventType && { listenerEventType }),
    retries,
    retryBackoff: 0,
    recurringTime: -1,
    deadline: -1,
    timeout: -1,
    worker: '',
    customHeaders: headers,
    variables: {},
    errorCode: '',
    errorMessage: '',
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionVersion: value.version,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementId: value.elementId,
    elementInstanceKey,
    ...(value.tags && { tags: value.tags }),
  };
  processing.event('JOB', 'CREATED', key, job);
  offerJob(key, processing);
}

/** A job has become activatable: to a client that waits for pushed jobs, or to those who poll. */
export function offerJob(key: number, processing: ProcessingContext): void {
  const job = processing.state.jobs.get(key);
  if (job?.state !== 'ACTIVATABLE') return;
  const { type } = job.value;
  const stream = processing.streams.pick(type, job.tenantId);
  if (!stream) {
    processing.effect({ kind: 'jobsAvailable', jobType: type, tenantId: job.tenantId });
    return;
  }
  processing.event('JOB_BATCH', 'ACTIVATED', processing.nextKey(), {
    type,
    worker: stream.worker,
    timeout: stream.timeout,
    maxJobsToActivate: 1,
    fetchVariables: [...stream.fetchVariables],
    tenantIds: [job.tenantId],
    jobKeys: [key],
    truncated: false,
  });
  const activated = activatedJob(processing.state.jobs.get(key)!, stream.fetchVariables, processing);
  processing.effect({ kind: 'jobActivated', streamId: stream.streamId, jobs: [activated] });
}

/** A job as its worker receives it, with the variables that its element sees. */
export function activatedJob(
  { key, tenantId, value }: Job,
  fetchVariables: readonly string[],
  { state }: ProcessingContext,
): ActivatedJob {
  return {
    key,
    type: value.type,
    kind: value.kind,
    listenerEventType: value.listenerEventType ?? 'UNSPECIFIED',
    processInstanceKey: value.processInstanceKey,
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionVersion: value.processDefinitionVersion,
    processDefinitionKey: value.processDefinitionKey,
    elementId: value.elementId,
    elementInstanceKey: value.elementInstanceKey,
    customHeaders: value.customHeaders,
    worker: value.worker,
    retries: value.retries,
    deadline: value.deadline,
    variables: visibleVariables(value, fetchVariables, state),
    tenantId,
    tags: value.tags ?? [],
  };
}

/** A task listener also sees what the transition would set. */
function visibleVariables(
  { kind, elementInstanceKey }: JobValue,
  names: readonly string[],
  { variables, userTasks, elementInstances }: State,
): JsonObject {
  const seen = variables.visible(elementInstanceKey, names);
  if (kind !== 'TASK_LISTENER') return seen;
  const { pending } = userTasks.get(elementInstances.get(elementInstanceKey)?.userTaskKey ?? -1) ?? {};
  for (const name in pending?.variables)
    if (names.length === 0 || names.includes(name)) seen[name] = pending.variables[name]!;
  return seen;
}

/** The element goes, the job with it that one of its listeners has. */
export function cancelListenerJob({ processing, key }: ElementContext): void {
  const { state } = processing;
  const job = state.jobs.get(state.elementInstances.get(key)?.jobKey ?? -1);
  if (job?.value.kind === 'EXECUTION_LISTENER' || job?.value.kind === 'TASK_LISTENER')
    processing.event('JOB', 'CANCELED', job.key, job.value);
}

/** The element goes, its job with it. */
export function cancelJob({ processing, key }: ElementContext): void {
  const { state } = processing;
  const job = state.jobs.get(state.elementInstances.get(key)?.jobKey ?? -1);
  if (job) processing.event('JOB', 'CANCELED', job.key, job.value);
}
