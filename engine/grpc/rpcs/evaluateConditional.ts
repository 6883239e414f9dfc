import { commands } from '@baton/engine/broker';
import { type ConditionalEvaluationValue, failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { readTenant, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface EvaluateConditionalRequest {
  tenantId: string;
  /** 0 when the client names none. */
  processDefinitionKey: Int64;
  variables: string;
}

export interface EvaluateConditionalResponse {
  processInstances: ConditionalEvaluationValue['startedProcessInstances'];
  conditionalEvaluationKey: number;
  tenantId: string;
}

export const evaluateConditional: UnaryRpc<EvaluateConditionalRequest, EvaluateConditionalResponse> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const tenant = readTenant('EvaluateConditional', request.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const named = int64(request.processDefinitionKey);
    const definition = named > 0 ? named : -1;
    const command = commands.evaluateConditional(definition, variables.value, tenant.value);
    const evaluated = await broker.execute(command);
    if (!evaluated.ok) return failed(refused('EVALUATE', evaluated.failure));
    const { startedProcessInstances } = evaluated.value.value as ConditionalEvaluationValue;
    return ok({
      processInstances: startedProcessInstances,
      conditionalEvaluationKey: evaluated.value.key,
      tenantId: tenant.value,
    });
  },
};
