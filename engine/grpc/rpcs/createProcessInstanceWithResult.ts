import { failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import type { UnaryRpc } from '../rpc.ts';
import { Code, invalidArgument } from '../status.ts';
import { type CreateProcessInstanceRequest, creationCommand, notCreated } from './createProcessInstance.ts';

export interface CreateProcessInstanceWithResultRequest {
  request: CreateProcessInstanceRequest | null;
  requestTimeout: Int64;
  fetchVariables: string[];
}

export interface CreateProcessInstanceWithResultResponse {
  processDefinitionKey: number;
  bpmnProcessId: string;
  version: number;
  processInstanceKey: number;
  variables: string;
  tenantId: string;
}

/** The gateway's own patience when the client names none, ms. */
const DEFAULT_REQUEST_TIMEOUT = 15_000;

/** Answers when the instance completes. When the time is over or the client has gone, the instance runs on. */
export const createProcessInstanceWithResult: UnaryRpc<
  CreateProcessInstanceWithResultRequest,
  CreateProcessInstanceWithResultResponse
> = {
  kind: 'unary',
  async answer({ request, requestTimeout, fetchVariables }, { broker, schedule }, call) {
    if (!request)
      return failed(invalidArgument('Expected a request to create a process instance, but none given'));
    const command = creationCommand('CreateProcessInstanceWithResult', request, {
      awaitResult: true,
      fetchVariables: [...fetchVariables],
    });
    if (!command.ok) return command;

    const patience = int64(requestTimeout) || DEFAULT_REQUEST_TIMEOUT;
    const waiting = new AbortController();
    call.onEnd(() => waiting.abort());
    const cancelTimeout = schedule(patience, () => waiting.abort());
    const timedOut = new Promise<undefined>((resolve) => {
      waiting.signal.addEventListener('abort', () => resolve(undefined));
    });
    const completed = broker.executeAndAwaitResult(command.value, waiting.signal);
    completed.catch(() => {});
    const result = await Promise.race([completed, timedOut]);
    cancelTimeout();
    if (!result) {
      return failed({
        code: Code.DEADLINE_EXCEEDED,
        message: `Time out between gateway and broker: Request to create an instance with result timed out in PT${patience / 1000}S`,
      });
    }
    if (!result.ok) return failed(notCreated('CREATE_WITH_AWAITING_RESULT', result.failure));
    const { processDefinitionKey, bpmnProcessId, version, processInstanceKey, variables, tenantId } =
      result.value;
    return ok({
      processDefinitionKey,
      bpmnProcessId,
      version,
      processInstanceKey,
      variables: JSON.stringify(variables),
      tenantId,
    });
  },
};
