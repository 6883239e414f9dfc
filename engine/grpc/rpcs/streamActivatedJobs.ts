import { type Int64, int64 } from '../codec.ts';
import { type JobMessage, jobMessage } from '../jobMessage.ts';
import { readTenants } from '../requests.ts';
import type { StreamRpc } from '../rpc.ts';
import { invalidArgument } from '../status.ts';

export interface StreamActivatedJobsRequest {
  type: string;
  worker: string;
  timeout: Int64;
  fetchVariable: string[];
  tenantIds: string[];
}

/** Pushes jobs that become available from now on; a client that does not keep up gets none until it does. */
export const streamActivatedJobs: StreamRpc<StreamActivatedJobsRequest, JobMessage> = {
  kind: 'stream',
  open(request, { broker }, call) {
    const timeout = int64(request.timeout);
    if (request.type.trim() === '') {
      call.end(
        invalidArgument('Expected to stream activated jobs with type to be present, but it was blank'),
      );
      return;
    }
    if (timeout < 1) {
      call.end(
        invalidArgument(
          `Expected to stream activated jobs with timeout to be greater than zero, but it was ${timeout}`,
        ),
      );
      return;
    }
    const tenants = readTenants('StreamActivatedJobs', request.tenantIds);
    if (!tenants.ok) {
      call.end(tenants.failure);
      return;
    }
    call.start();
    const close = broker.openJobStream({
      type: request.type,
      worker: request.worker,
      timeout,
      fetchVariables: [...request.fetchVariable],
      tenantIds: tenants.value,
      push(job) {
        if (!call.keepsUp) return false;
        call.write(jobMessage(job));
        return true;
      },
    });
    call.onEnd(close);
  },
};
