import { failed, ok, writeJson } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import type { UnaryRpc } from '../rpc.ts';
import { Code } from '../status.ts';
import { isoDuration } from '../timeout.ts';
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
  tags: readonly string[];
}

/** The gateway's own patience when the client names none, ms. */
const DEFAULT_REQUEST_TIMEOUT = 15_000;

/** What is looked up when the request holds none. */
const noRequest: CreateProcessInstanceRequest = {
  processDefinitionKey: 0,
  bpmnProcessId: '',
  version: 0,
  variables: '',
  startInstructions: [],
  tenantId: '',
};

/** Answers when the instance completes. When the time is over or the client has gone, the instance runs on. */
export const createProcessInstanceWithResult: UnaryRpc<
  CreateProcessInstanceWithResultRequest,
  CreateProcessInstanceWithResultResponse
> = {
  kind: 'unary',
  async answer({ request, requestTimeout, fetchVariables }, { broker, schedule, address }, call) {
    const command = creationCommand('CreateProcessInstanceWithResult', request ?? noRequest, {
      awaitResult: true,
      fetchVariables: [...fetchVariables],
    });
    if (!command.ok) return command;

    const asked = int64(requestTimeout);
    const patience = asked > 0 ? asked : DEFAULT_REQUEST_TIMEOUT;
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
      const { host, port } = address();
      return failed({
        code: Code.DEADLINE_EXCEEDED,
        message: `Time out between gateway and broker: Request command-api-1 to ${host}:${port} timed out in ${isoDuration(patience)}`,
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
      variables: writeJson(variables),
      tenantId,
      tags: request?.tags ?? [],
    });
  },
};
