import { DEFAULT_TENANT, failed, type JsonObject, ok, readJson, writeJson } from '@baton/engine/protocol';
import type { ActivatedJob, EngineJobs, EngineResult, JobRequest, JobResult, Key } from '../ports.ts';
import type { GatewayConnection } from './connection.ts';

/** `ActivatedJob` of the protocol. */
interface JobMessage {
  key: Key;
  type: string;
  kind: string;
  listenerEventType: string;
  tenantId: string;
  processInstanceKey: Key;
  processDefinitionKey: Key;
  bpmnProcessId: string;
  elementId: string;
  elementInstanceKey: Key;
  customHeaders: string;
  variables: string;
  retries: number;
  /** epoch ms as decimal text. */
  deadline: string;
}

/** Below zero turns long polling off. */
const NO_LONG_POLL = -1;

export function createJobs(gateway: GatewayConnection, { tenants }: { tenants: boolean }): EngineJobs {
  const message = ({ type, worker, tenantIds, timeout, fetchVariables }: JobRequest) => ({
    type,
    worker,
    timeout,
    fetchVariable: [...fetchVariables],
    tenantIds: tenants ? [...tenantIds] : [],
  });

  async function withoutAnswer(rpc: string, request: object) {
    const answer = await gateway.call<object>(rpc, request);
    return answer.ok ? ok() : answer;
  }

  return {
    activate({ maxJobs, wait, ...request }, signal) {
      return new Promise<Awaited<EngineResult<ActivatedJob[]>>>((resolve) => {
        const jobs: ActivatedJob[] = [];
        const cancel = () => {
          stream.cancel();
          resolve(ok(jobs));
        };
        const stream = gateway.open(
          'ActivateJobs',
          { ...message(request), maxJobsToActivate: maxJobs, requestTimeout: wait || NO_LONG_POLL },
          {
            onMessage(batch) {
              for (const job of (batch as { jobs: JobMessage[] }).jobs) jobs.push(activated(job));
            },
            onEnd(failure) {
              signal.removeEventListener('abort', cancel);
              resolve(failure && jobs.length === 0 ? failed(failure) : ok(jobs));
            },
          },
        );
        if (signal.aborted) cancel();
        else signal.addEventListener('abort', cancel, { once: true });
      });
    },

    stream(request, onJob, onEnd) {
      const stream = gateway.open('StreamActivatedJobs', message(request), {
        onMessage: (job) => onJob(activated(job as JobMessage)),
        onEnd: (failure) =>
          onEnd(failure ?? { code: 'UNAVAILABLE', message: 'The engine ended the stream of jobs' }),
      });
      return { pause: stream.pause, resume: stream.resume, close: stream.cancel };
    },

    complete: (jobKey, variables, result) =>
      withoutAnswer('CompleteJob', {
        jobKey,
        variables: writeJson(variables),
        ...(result && { result: resultMessage(result) }),
      }),

    fail: (jobKey, { retries, errorMessage, retryBackoff, variables }) =>
      withoutAnswer('FailJob', {
        jobKey,
        retries,
        errorMessage,
        retryBackOff: retryBackoff,
        variables: writeJson(variables),
      }),

    throwError: (jobKey, { errorCode, errorMessage, variables }) =>
      withoutAnswer('ThrowError', { jobKey, errorCode, errorMessage, variables: writeJson(variables) }),

    updateTimeout: (jobKey, timeout) => withoutAnswer('UpdateJobTimeout', { jobKey, timeout }),
  };
}

/** `JobResult` of the protocol. */
function resultMessage(result: JobResult): object {
  if (result.type === 'adHocSubProcess')
    return {
      ...result,
      activateElements: result.activateElements.map(({ elementId, variables }) => ({
        elementId,
        variables: writeJson(variables),
      })),
    };
  const { candidateGroups, candidateUsers, ...corrections } = result.corrections ?? {};
  return {
    ...result,
    corrections: {
      ...corrections,
      ...(candidateGroups && { candidateGroups: { values: candidateGroups } }),
      ...(candidateUsers && { candidateUsers: { values: candidateUsers } }),
    },
  };
}

function activated({ customHeaders, variables, deadline, tenantId, ...job }: JobMessage): ActivatedJob {
  return {
    key: job.key,
    type: job.type,
    kind: job.kind,
    listenerEventType: job.listenerEventType,
    tenantId: tenantId || DEFAULT_TENANT,
    processInstanceKey: job.processInstanceKey,
    processDefinitionKey: job.processDefinitionKey,
    bpmnProcessId: job.bpmnProcessId,
    elementId: job.elementId,
    elementInstanceKey: job.elementInstanceKey,
    headers: JSON.parse(customHeaders || '{}'),
    variables: readJson(variables || '{}') as JsonObject,
    retries: job.retries,
    deadline: Number(deadline),
  };
}
