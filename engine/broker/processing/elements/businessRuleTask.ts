import type { ElementOf } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { deploymentOf, findBound } from '../behaviors/bindings.ts';
import { evaluateDecision } from '../behaviors/decisions.ts';
import { evaluateString } from '../behaviors/expressions.ts';
import { aroundWork, beginJob } from '../behaviors/jobWork.ts';
import { completeTask } from '../behaviors/tasks.ts';
import { activated } from '../behaviors/transitions.ts';
import type { ElementContext, ElementProcessor } from '../elementContext.ts';
import type { Failure } from '../types.ts';

type Decide = Extract<ElementOf<'BUSINESS_RULE_TASK'>['work'], { kind: 'decision' }>;

/** A decision whose result becomes a variable, or the work of a job worker. */
export const businessRuleTask: ElementProcessor<'BUSINESS_RULE_TASK'> = {
  ...aroundWork,
  activate(task, context) {
    const { work } = task;
    return work.kind === 'decision' ? decide(work, context) : beginJob(task, work, context);
  },
};

function decide(work: Decide, context: ElementContext): Result<void, Failure> {
  const { processing, key, value } = context;
  const { state } = processing;
  const id = evaluateString(work.decisionId, key, processing);
  if (!id.ok) return id;
  const decision = findBound(state.decisions.versions, id.value, work.binding, context);
  if (!decision)
    return failed({ errorType: 'CALLED_DECISION_ERROR', message: notFound(id.value, work.binding, context) });
  const from = {
    bpmnProcessId: value.bpmnProcessId,
    processDefinitionKey: value.processDefinitionKey,
    processInstanceKey: value.processInstanceKey,
    elementId: value.elementId,
    elementInstanceKey: key,
  };
  const variables = { get: (name: string) => state.variables.get(key, name) };
  const evaluated = evaluateDecision(decision, variables, from, processing);
  const { evaluationFailureMessage, failedDecisionId } = evaluated.value;
  if (failedDecisionId !== '')
    return failed({ errorType: 'DECISION_EVALUATION_ERROR', message: evaluationFailureMessage });
  activated(context);
  completeTask(key, { [work.resultVariable]: evaluated.output }, processing);
  return ok();
}

function notFound(id: string, binding: Decide['binding'], context: ElementContext): string {
  switch (binding.kind) {
    case 'latest':
      return `Expected to evaluate decision '${id}', but no decision found for id '${id}'`;
    case 'versionTag':
      return `Expected to evaluate decision with id '${id}' and version tag '${binding.versionTag}', but no such decision found. To resolve this incident, deploy a decision with the given id and version tag.`;
    case 'deployment':
      return `Expected to evaluate decision '${id}' with binding type 'deployment', but no such decision found in the deployment with key ${deploymentOf(context)} which contained the current process. To resolve this incident, migrate the process instance to a process definition that is deployed together with the intended decision to evaluate.`;
  }
}
