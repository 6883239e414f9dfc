import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { invalidArgument, refused } from '../problem.ts';
import { readKey, readTenant, readVariables, readWholeNumber } from '../requests.ts';
import type { Routes } from '../route.ts';

export const jobs: Routes = {
  'POST /v2/jobs/activation': async (request, { polls }) => {
    const body = request.json();
    if (!body.ok) return body;
    const { type, timeout, maxJobsToActivate } = body.value;
    if (typeof type !== 'string' || type.trim() === '') {
      return failed(invalidArgument('Expected type to be present, but it was blank'));
    }
    if (!(Number(timeout) > 0) || !(Number(maxJobsToActivate) > 0)) {
      return failed(
        invalidArgument('Expected timeout and maxJobsToActivate to be greater than zero, but they are not'),
      );
    }
    const tenantIds: string[] = [];
    for (const tenantId of Array.isArray(body.value.tenantIds) ? body.value.tenantIds : ['']) {
      const tenant = readTenant(tenantId);
      if (!tenant.ok) return tenant;
      tenantIds.push(tenant.value);
    }
    const activated = await polls.activate(
      {
        type,
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
          jobKey: String(key),
          processDefinitionId: bpmnProcessId,
          processInstanceKey: String(job.processInstanceKey),
          processDefinitionKey: String(job.processDefinitionKey),
          elementInstanceKey: String(job.elementInstanceKey),
        })),
      },
    });
  },

  'POST /v2/jobs/{key}/completion': async (request, { broker }) => {
    const key = readKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const completed = await broker.execute(commands.completeJob(key.value, variables.value));
    return completed.ok ? ok({ status: 204 }) : failed(refused('COMPLETE', completed.failure));
  },

  'POST /v2/jobs/{key}/failure': async (request, { broker }) => {
    const key = readKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const retries = readWholeNumber('retries', body.value.retries, 0);
    if (!retries.ok) return retries;
    const retryBackoff = readWholeNumber('retryBackOff', body.value.retryBackOff, 0);
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
    const key = readKey('jobKey', request.params.key);
    if (!key.ok) return key;
    const body = request.json();
    if (!body.ok) return body;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const thrown = await broker.execute(
      commands.throwError(key.value, {
        errorCode: String(body.value.errorCode ?? ''),
        errorMessage: String(body.value.errorMessage ?? ''),
        variables: variables.value,
      }),
    );
    return thrown.ok ? ok({ status: 204 }) : failed(refused('THROW_ERROR', thrown.failure));
  },
};
