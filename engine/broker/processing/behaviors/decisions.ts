import { evaluateDecision as evaluateGraph } from '@baton/engine/model';
import type { DecisionEvaluationValue, DecisionValue, JsonValue } from '@baton/engine/protocol';
import { writeJson } from '@baton/engine/protocol';
import type { Versioned } from '../../state/versions.ts';
import type { ProcessingContext } from '../types.ts';

/** Where an evaluation is asked for: the business rule task, or nowhere for a client. */
export type AskedFrom = Pick<
  DecisionEvaluationValue,
  'bpmnProcessId' | 'processDefinitionKey' | 'processInstanceKey' | 'elementId' | 'elementInstanceKey'
>;

export interface Evaluated {
  key: number;
  value: DecisionEvaluationValue;
  output: JsonValue;
}

/** Evaluates a deployed decision and records how the result came about. */
export function evaluateDecision(
  decision: Versioned<DecisionValue>,
  variables: { get(name: string): JsonValue | undefined },
  from: AskedFrom,
  processing: ProcessingContext,
): Evaluated {
  const { state, feel, now } = processing;
  const { decisionId, decisionName, version, decisionRequirementsId, decisionRequirementsKey } =
    decision.value;
  const graph = state.decisions.graph(decisionRequirementsKey);
  const outcome = evaluateGraph(graph, decisionId, variables, feel, now);
  const members = new Map(
    state.decisions.ofRequirements(decisionRequirementsKey).map((key) => {
      const { value } = state.decisions.versions.get(key)!;
      return [value.decisionId, { decisionKey: key, decisionVersion: value.version }] as const;
    }),
  );
  const nobody = { decisionKey: -1, decisionVersion: -1 };
  const key = processing.nextKey();
  const value: DecisionEvaluationValue = {
    decisionKey: decision.key,
    decisionId,
    decisionName,
    decisionVersion: version,
    decisionRequirementsId,
    decisionRequirementsKey,
    decisionOutput: writeJson(outcome.output),
    variables: {},
    evaluatedDecisions: outcome.evaluated.map((step) => ({
      ...step,
      ...((graph.decisions.has(step.decisionId) ? members.get(step.decisionId) : undefined) ?? nobody),
    })),
    evaluationFailureMessage: outcome.failure?.message ?? '',
    failedDecisionId: outcome.failure?.decisionId ?? '',
    ...from,
  };
  processing.event('DECISION_EVALUATION', outcome.failure ? 'FAILED' : 'EVALUATED', key, value);
  return { key, value, output: outcome.output };
}
