import { JOB_POLL_PATIENCE } from '@baton/engine/broker';
import type { Rejection } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { MAX_MESSAGE_BYTES } from '../frame.ts';
import { type JobMessage, jobMessage, textBytes } from '../jobMessage.ts';
import { readTenants } from '../requests.ts';
import type { StreamRpc } from '../rpc.ts';
import { Code, refused, type Status, unexpected } from '../status.ts';

export interface ActivateJobsRequest {
  type: string;
  worker: string;
  timeout: Int64;
  maxJobsToActivate: number;
  fetchVariable: string[];
  requestTimeout: Int64;
  tenantIds: string[];
}

/** Messages are split well below the limit; what one job adds beside its texts is small. */
const BATCH_BYTES = MAX_MESSAGE_BYTES / 2;

function notActivated(wrong: string): Status {
  return refused('ACTIVATE', {
    type: 'INVALID_ARGUMENT',
    reason: `Expected to activate job batch with ${wrong}`,
  });
}

export const activateJobs: StreamRpc<ActivateJobsRequest, { jobs: JobMessage[] }> = {
  kind: 'stream',
  open(request, { polls, schedule }, call) {
    const timeout = int64(request.timeout);
    // An empty type is refused; one of blanks is a type that no job has.
    if (request.type === '') return call.end(notActivated('type to be present, but it was blank'));
    if (timeout < 1) {
      return call.end(notActivated(`timeout to be greater than zero, but it was '${timeout}'`));
    }
    const tenants = readTenants('ActivateJobs', request.tenantIds);
    if (!tenants.ok) {
      call.end(tenants.failure);
      return;
    }
    const requestTimeout = int64(request.requestTimeout);
    if (request.maxJobsToActivate < 1) {
      // nobody is asked for no jobs: the request waits like one that finds none
      if (requestTimeout < 0) call.end();
      else call.onEnd(schedule(requestTimeout || JOB_POLL_PATIENCE, () => call.end()));
      return;
    }
    const poll = {
      type: request.type,
      worker: request.worker,
      timeout,
      maxJobsToActivate: request.maxJobsToActivate,
      fetchVariables: [...request.fetchVariable],
      tenantIds: tenants.value,
      requestTimeout,
    };
    polls.activate(poll, call.signal).then(
      (activated) => {
        if (!activated.ok) {
          call.end(notAnswered(request.type, activated.failure));
          return;
        }
        for (const jobs of batches(activated.value.map(jobMessage))) call.write({ jobs });
        call.end();
      },
      (error) => call.end(unexpected(error)),
    );
  },
};

function notAnswered(type: string, rejection: Rejection): Status {
  if (rejection.type !== 'RESOURCE_EXHAUSTED') return refused('ACTIVATE', rejection);
  return {
    code: Code.RESOURCE_EXHAUSTED,
    message:
      `Expected to activate jobs of type '${type}', but no jobs available and at least one broker returned ` +
      "'RESOURCE_EXHAUSTED'. Please try again later.",
  };
}

function* batches(jobs: JobMessage[]): Iterable<JobMessage[]> {
  let batch: JobMessage[] = [];
  let bytes = 0;
  for (const job of jobs) {
    const size = textBytes(job);
    if (batch.length > 0 && bytes + size > BATCH_BYTES) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(job);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
