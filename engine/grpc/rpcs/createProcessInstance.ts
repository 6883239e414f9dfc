import { type CommandRequest, commands, referred } from '@baton/engine/broker';
import {
  failed,
  ok,
  type ProcessInstanceCreationValue,
  type Rejection,
  type Result,
} from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { type Referring, readReference, readTenant, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { Code, refused, type Status } from '../status.ts';

export interface CreateProcessInstanceRequest extends Referring {
  processDefinitionKey: Int64;
  bpmnProcessId: string;
  version: number;
  variables: string;
  startInstructions: { elementId: string }[];
  tenantId: string;
  runtimeInstructions?: { terminate?: { afterElementId: string } | null }[];
  tags?: string[];
}

export interface CreateProcessInstanceResponse {
  processDefinitionKey: number;
  bpmnProcessId: string;
  version: number;
  processInstanceKey: number;
  tenantId: string;
  tags: readonly string[];
}

export const createProcessInstance: UnaryRpc<CreateProcessInstanceRequest, CreateProcessInstanceResponse> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const command = creationCommand('CreateProcessInstance', request);
    if (!command.ok) return command;
    const created = await broker.execute(command.value);
    if (!created.ok) return failed(notCreated('CREATE', created.failure));
    const { processDefinitionKey, bpmnProcessId, version, processInstanceKey } = created.value
      .value as ProcessInstanceCreationValue;
    return ok({
      processDefinitionKey,
      bpmnProcessId,
      version,
      processInstanceKey,
      tenantId: command.value.tenantId,
      tags: request.tags ?? [],
    });
  },
};

/** A creation may go to any partition, so back-pressure means that there is none left to try. */
export function notCreated(intent: string, rejection: Rejection): Status {
  if (rejection.type !== 'RESOURCE_EXHAUSTED') return refused(intent, rejection);
  return {
    code: Code.RESOURCE_EXHAUSTED,
    message:
      'Expected to execute the command on one of the partitions, but all failed; there are no more partitions available ' +
      'to retry. Please try again. If the error persists contact your zeebe operator',
  };
}

/** A process id wins over a key; neither is looked up as key 0. */
export function creationCommand(
  rpc: string,
  request: CreateProcessInstanceRequest,
  awaited: Pick<ProcessInstanceCreationValue, 'awaitResult' | 'fetchVariables'> = {
    awaitResult: false,
    fetchVariables: [],
  },
): Result<CommandRequest<'PROCESS_INSTANCE_CREATION'>, Status> {
  const tenant = readTenant(rpc, request.tenantId);
  if (!tenant.ok) return tenant;
  const variables = readVariables(request.variables);
  if (!variables.ok) return variables;
  return ok(
    referred(
      commands.createInstance(
        {
          bpmnProcessId: request.bpmnProcessId,
          version: request.version,
          processDefinitionKey: int64(request.processDefinitionKey),
          variables: variables.value,
          startInstructions: request.startInstructions.map(({ elementId }) => ({ elementId })),
          runtimeInstructions: (request.runtimeInstructions ?? []).flatMap(({ terminate }) =>
            terminate
              ? [{ type: 'TERMINATE_PROCESS_INSTANCE', afterElementId: terminate.afterElementId }]
              : [],
          ),
          tags: [...(request.tags ?? [])],
          ...awaited,
        },
        tenant.value,
      ),
      readReference(request),
    ),
  );
}
