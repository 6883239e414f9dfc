import { commands, type JobRow, referred } from '@baton/engine/broker';
import { failed, type JsonObject, ok } from '@baton/engine/protocol';
import { listenedUserTask, readJobResult } from '../jobResult.ts';
import { refused } from '../problem.ts';
import {
  date,
  faults,
  missing,
  notPositive,
  readBody,
  readCommandKey,
  readReference,
  readTenant,
  readVariables,
  readWholeNumber,
} from '../requests.ts';
import type { Routes } from '../route.ts';
import { searchRuns } from '../runs.ts';
import { readSearch } from '../search.ts';

const fields = [
  'jobKey',
  'type',
  'worker',
  'state',
  'kind',
  'listenerEventType',
  'processDefinitionId',
  'processDefinitionKey',
  'processInstanceKey',
  'elementId',
  'elementInstanceKey',
  'retries',
  'deadline',
  'endTime',
  'errorCode',
  'errorMessage',
  'hasFailedWithRetriesLeft',
  'isDenied',
  'deniedReason',
  'tenantId',
];

export const jobs: Routes = {
  'POST /v2/jobs/activation': async (request, { polls }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const { type, timeout, maxJobsToActivate } = body.value;
    const fault = faults(
      missing('type', type),
      notPositive('timeout', timeout),
      notPositive('maxJobsToActivate', maxJobsToActivate),
    );
    if (fault) return failed(fault);
    const tenantIds: string[] = [];
    for (const tenantId of Array.isArray(body.value.tenantIds) ? body.value.tenantIds : ['']) {
      const tenant = readTenant(tenantId);
      if (!tenant.ok) return tenant;
      tenantIds.push(tenant.value);
    }
    const activated = await polls.activate(
      {
        type: String(type),
        worker: String(body.value.worker ?? ''),
        timeout: Number(timeout),
        maxJobsToActivate: Number(maxJobsToActivate),
        fetchVariables: Array.isArray(body.value.fetchVariable) ? body.value.fetchVariable.map(String) : [],
        tenantIds,
        requestTimeout: Number(body.value.requestTimeout ?? 0),
      },
      request.signal,
    );
    if (!activated.ok) return failed(refused('ACTIVATE', activated.failure));
    return ok({
      status: 200,
      json: {
        jobs: activated.value.map(({ key, bpmnProcessId, ...job }) => ({
          ...job,
          ...(job.kind === 'TASK_LISTENER' && { userTask: listenedUserTask(job) }),
          jobKey: String(key),
          processDefinitionId: bpmnProcessId,
          processInstanceKey: String(job.processInstanceKey),
          processDefinitionKey: String(job.processDefinitionKey),
          elementInstanceKey: String(job.elementInstanceKey),
        })),
      },
    });
  },

  'POST /v2/jobs/search': async (request, context) => {
    const search = readSearch(request, fields, ['jobKey']);
    if (!search.ok) return search;
    return searchRuns(search.value, context, (run) => run.jobs.map(job));
  },

  'PATCH /v2/jobs/{key}': async (request, { broker }) => {
    const key = readCommandKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = readBody(request);
    if (!body.ok) return body;
    const { retries, timeout } = (body.value.changeset ?? {}) as JsonObject;
    const given = { ...(present(retries) && { retries }), ...(present(timeout) && { timeout }) };
    const fault = faults(
      Object.keys(given).length === 0 && 'At least one of [retries, timeout] is required.',
    );
    if (fault) return failed(fault);
    const reference = readReference(body.value);
    if (!reference.ok) return reference;
    const updated = await broker.execute(referred(commands.updateJob(key.value, given), reference.value));
    return updated.ok ? ok({ status: 204 }) : failed(refused('UPDATE', updated.failure));
  },

  'POST /v2/jobs/{key}/completion': async (request, { broker }) => {
    const key = readCommandKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const result = readJobResult(body.value.result);
    if (!result.ok) return result;
    const completed = await broker.execute(commands.completeJob(key.value, variables.value, result.value));
    return completed.ok ? ok({ status: 204 }) : failed(refused('COMPLETE', completed.failure));
  },

  'POST /v2/jobs/{key}/failure': async (request, { broker }) => {
    const key = readCommandKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const retries = readWholeNumber(body.value.retries, 0);
    if (!retries.ok) return retries;
    const retryBackoff = readWholeNumber(body.value.retryBackOff, 0);
    if (!retryBackoff.ok) return retryBackoff;
    const failure = await broker.execute(
      commands.failJob(key.value, {
        retries: retries.value,
        errorMessage: String(body.value.errorMessage ?? ''),
        retryBackoff: retryBackoff.value,
        variables: variables.value,
      }),
    );
    return failure.ok ? ok({ status: 204 }) : failed(refused('FAIL', failure.failure));
  },

  'POST /v2/jobs/{key}/error': async (request, { broker }) => {
    const key = readCommandKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = readBody(request);
    if (!body.ok) return body;
    const fault = faults(missing('errorCode', body.value.errorCode));
    if (fault) return failed(fault);
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const thrown = await broker.execute(
      commands.throwError(key.value, {
        errorCode: String(body.value.errorCode),
        errorMessage: String(body.value.errorMessage ?? ''),
        variables: variables.value,
      }),
    );
    return thrown.ok ? ok({ status: 204 }) : failed(refused('THROW_ERROR', thrown.failure));
  },
};

function present(value: unknown): value is number {
  return typeof value === 'number';
}

function job(row: JobRow) {
  return {
    jobKey: String(row.jobKey),
    type: row.type,
    worker: row.worker,
    state: row.state,
    kind: row.kind,
    listenerEventType: row.listenerEventType ?? 'UNSPECIFIED',
    processDefinitionId: row.bpmnProcessId,
    processDefinitionKey: String(row.processDefinitionKey),
    processInstanceKey: String(row.processInstanceKey),
    elementId: row.elementId,
    elementInstanceKey: String(row.elementInstanceKey),
    retries: row.retries,
    deadline: row.deadline > 0 ? date(row.deadline) : null,
    creationTime: date(row.creationTime),
    endTime: date(row.endTime) ?? null,
    errorCode: row.errorCode || null,
    errorMessage: row.errorMessage || null,
    hasFailedWithRetriesLeft: row.state === 'FAILED' && row.retries > 0,
    isDenied: false,
    deniedReason: null,
    customHeaders: row.customHeaders,
    tenantId: row.tenantId,
  };
}
