import { ok } from '@baton/engine/protocol';
import { evaluateDecision as evaluate } from '../behaviors/decisions.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

const NOBODY = {
  bpmnProcessId: '',
  processDefinitionKey: -1,
  processInstanceKey: -1,
  elementId: '',
  elementInstanceKey: -1,
};

/** By id, or by key. A failure of the evaluation is an answer as well. */
export const evaluateDecision: CommandProcessor<'DECISION_EVALUATION'> = (
  { value: { decisionKey, decisionId, variables } },
  context,
) => {
  const { state, tenantId } = context;
  const { versions } = state.decisions;
  if (decisionKey <= 0 && decisionId === '')
    return refuse(
      'INVALID_ARGUMENT',
      'Expected either a decision id or a valid decision key, but none provided',
    );
  const named = decisionId === '' ? versions.get(decisionKey) : versions.latest(tenantId, decisionId);
  if (named?.tenantId !== tenantId || !named) {
    const by = decisionId === '' ? `key '${decisionKey}'` : `id '${decisionId}'`;
    const which = decisionId === '' ? decisionKey : decisionId;
    return refuse('NOT_FOUND', `Expected to evaluate decision '${which}', but no decision found for ${by}`);
  }
  const scope = { get: (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined) };
  const { key, value } = evaluate(named, scope, NOBODY, context);
  const intent = value.failedDecisionId === '' ? 'EVALUATED' : 'FAILED';
  context.respond({ valueType: 'DECISION_EVALUATION', intent, key, value });
  return ok();
};
