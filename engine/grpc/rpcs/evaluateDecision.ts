import { commands } from '@baton/engine/broker';
import { type DecisionEvaluationValue, failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { readTenant, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface EvaluateDecisionRequest {
  decisionKey: Int64;
  decisionId: string;
  variables: string;
  tenantId: string;
}

export interface EvaluateDecisionResponse
  extends Pick<
    DecisionEvaluationValue,
    | 'decisionKey'
    | 'decisionId'
    | 'decisionName'
    | 'decisionVersion'
    | 'decisionRequirementsId'
    | 'decisionRequirementsKey'
    | 'decisionOutput'
    | 'failedDecisionId'
  > {
  evaluatedDecisions: (DecisionEvaluationValue['evaluatedDecisions'][number] & { tenantId: string })[];
  failureMessage: string;
  tenantId: string;
  decisionInstanceKey: number;
}

export const evaluateDecision: UnaryRpc<EvaluateDecisionRequest, EvaluateDecisionResponse> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const tenant = readTenant('EvaluateDecision', request.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const { decisionId, decisionKey } = request;
    const command = commands.evaluateDecision(
      { decisionId, decisionKey: int64(decisionKey), variables: variables.value },
      tenant.value,
    );
    const evaluated = await broker.execute(command);
    if (!evaluated.ok) return failed(refused('EVALUATE', evaluated.failure));
    const value = evaluated.value.value as DecisionEvaluationValue;
    const tenantId = tenant.value;
    return ok({
      ...value,
      evaluatedDecisions: value.evaluatedDecisions.map((one) => ({ ...one, tenantId })),
      failureMessage: value.evaluationFailureMessage,
      tenantId,
      decisionInstanceKey: evaluated.value.key,
    });
  },
};
