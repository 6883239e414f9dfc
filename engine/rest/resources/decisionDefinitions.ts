import { commands, type Deployed } from '@baton/engine/broker';
import { type DecisionEvaluationValue, type DecisionValue, failed, ok } from '@baton/engine/protocol';
import { invalidArgument, notFound, refused } from '../problem.ts';
import { readBody, readKey, readTenant, readVariables } from '../requests.ts';
import type { RestContext, RestRequest, Routes } from '../route.ts';
import { pageOf, readSearch } from '../search.ts';

const fields = [
  'decisionDefinitionKey',
  'decisionDefinitionId',
  'name',
  'version',
  'decisionRequirementsId',
  'decisionRequirementsKey',
  'tenantId',
];

export const decisionDefinitions: Routes = {
  'POST /v2/decision-definitions/search': (request, { broker }) => {
    const search = readSearch(request, fields, ['decisionDefinitionKey', 'version']);
    if (!search.ok) return search;
    const found = [...broker.queries.decisions()]
      .sort((a, b) => a.key - b.key)
      .map(definition)
      .filter((item) => search.value.filter.matches(item));
    return pageOf(found, search.value);
  },

  'GET /v2/decision-definitions/{key}': (request, context) => {
    const decision = find(request, context);
    return decision.ok ? ok({ status: 200, json: definition(decision.value) }) : decision;
  },

  'GET /v2/decision-definitions/{key}/xml': (request, context) => {
    const decision = find(request, context);
    if (!decision.ok) return decision;
    const graph = context.broker.queries.decisionRequirements(decision.value.value.decisionRequirementsKey);
    return ok({ status: 200, text: graph?.value.resource ?? '', type: 'text/xml; charset=utf-8' });
  },

  'POST /v2/decision-definitions/evaluation': async (request, { broker }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const { decisionDefinitionId = '', decisionDefinitionKey } = body.value;
    if ((decisionDefinitionId === '') === (decisionDefinitionKey === undefined))
      return failed(
        invalidArgument(
          decisionDefinitionKey === undefined
            ? 'At least one of [decisionDefinitionId, decisionDefinitionKey] is required.'
            : 'Only one of [decisionDefinitionId, decisionDefinitionKey] is allowed.',
        ),
      );
    const key =
      decisionDefinitionKey === undefined ? ok(-1) : readKey('decisionDefinitionKey', decisionDefinitionKey);
    if (!key.ok) return key;
    const evaluated = await broker.execute(
      commands.evaluateDecision(
        { decisionId: String(decisionDefinitionId), decisionKey: key.value, variables: variables.value },
        tenant.value,
      ),
    );
    if (!evaluated.ok) return failed(refused('EVALUATE', evaluated.failure));
    const value = evaluated.value.value as DecisionEvaluationValue;
    return ok({ status: 200, json: evaluation(evaluated.value.key, value, tenant.value) });
  },
};

function find({ params }: RestRequest, { broker }: RestContext) {
  const key = readKey('decisionDefinitionKey', params.key);
  if (!key.ok) return key;
  const decision = broker.queries.decision(key.value);
  if (decision) return ok(decision);
  return failed(notFound(`Decision Definition with key '${params.key}' not found`));
}

function definition({ key, tenantId, value }: Deployed<DecisionValue>) {
  return {
    decisionDefinitionKey: String(key),
    decisionDefinitionId: value.decisionId,
    name: value.decisionName,
    version: value.version,
    decisionRequirementsId: value.decisionRequirementsId,
    decisionRequirementsKey: String(value.decisionRequirementsKey),
    tenantId,
  };
}

function evaluation(key: number, value: DecisionEvaluationValue, tenantId: string) {
  return {
    decisionDefinitionId: value.decisionId,
    decisionDefinitionKey: String(value.decisionKey),
    decisionDefinitionName: value.decisionName,
    decisionDefinitionVersion: value.decisionVersion,
    decisionRequirementsId: value.decisionRequirementsId,
    decisionRequirementsKey: String(value.decisionRequirementsKey),
    decisionEvaluationKey: String(key),
    decisionInstanceKey: String(key),
    output: value.decisionOutput,
    failedDecisionDefinitionId: value.failedDecisionId,
    failureMessage: value.evaluationFailureMessage,
    tenantId,
    evaluatedDecisions: value.evaluatedDecisions.map((one, index) => ({
      decisionDefinitionId: one.decisionId,
      decisionDefinitionKey: String(one.decisionKey),
      decisionDefinitionName: one.decisionName,
      decisionDefinitionVersion: one.decisionVersion,
      decisionDefinitionType: one.decisionType,
      decisionEvaluationInstanceKey: `${key}-${index + 1}`,
      output: one.decisionOutput,
      matchedRules: one.matchedRules,
      evaluatedInputs: one.evaluatedInputs,
      tenantId,
    })),
  };
}
