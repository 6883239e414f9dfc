import { commands } from '@baton/engine/broker';
import { type ConditionalEvaluationValue, failed, ok } from '@baton/engine/protocol';
import { refused } from '../problem.ts';
import { faults, readBody, readBodyKey, readTenant, readVariables } from '../requests.ts';
import type { Routes } from '../route.ts';

export const conditionals: Routes = {
  'POST /v2/conditionals/evaluation': async (request, { broker }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const { processDefinitionKey, tenantId, variables: given } = body.value;
    const fault = faults((given ?? null) === null && 'No variables provided.');
    if (fault) return failed(fault);
    const tenant = readTenant(tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(given);
    if (!variables.ok) return variables;
    const definition = (processDefinitionKey ?? null) === null ? ok(-1) : readBodyKey(processDefinitionKey);
    if (!definition.ok) return definition;
    const command = commands.evaluateConditional(definition.value, variables.value, tenant.value);
    const evaluated = await broker.execute(command);
    if (!evaluated.ok) return failed(refused('EVALUATE', evaluated.failure));
    const { startedProcessInstances } = evaluated.value.value as ConditionalEvaluationValue;
    return ok({
      status: 200,
      json: {
        conditionalEvaluationKey: String(evaluated.value.key),
        tenantId: tenant.value,
        processInstances: startedProcessInstances.map((started) => ({
          processDefinitionKey: String(started.processDefinitionKey),
          processInstanceKey: String(started.processInstanceKey),
        })),
      },
    });
  },
};
