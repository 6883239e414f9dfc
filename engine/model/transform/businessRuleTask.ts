import type { ExecutableBusinessRuleTask } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { bindingOf } from './binding.ts';
import { base, expression, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';

export function businessRuleTask(
  context: TransformContext,
  element: XmlElement,
): ExecutableBusinessRuleTask | undefined {
  const work = workOf(context, element);
  return work && { ...base(context, element), type: 'BUSINESS_RULE_TASK', work };
}

/** undefined where the rules report what is missing. */
function workOf(
  context: TransformContext,
  element: XmlElement,
): ExecutableBusinessRuleTask['work'] | undefined {
  const called = extension(element, 'calledDecision');
  if (called) {
    const decisionId = expression(context, called, called.attributes.decisionId);
    const { resultVariable = '' } = called.attributes;
    return (
      decisionId && { kind: 'decision', decisionId, resultVariable, binding: bindingOf(called.attributes) }
    );
  }
  const job = jobDefinition(context, element);
  return job && { kind: 'job', ...job };
}
