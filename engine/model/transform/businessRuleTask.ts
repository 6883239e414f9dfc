import type { ExecutableJobTask } from '../executable.ts';
import type { XmlElement } from '../xml/read.ts';
import { base, type TransformContext } from './context.ts';
import { jobDefinition } from './jobDefinition.ts';

export function businessRuleTask(
  context: TransformContext,
  element: XmlElement,
): ExecutableJobTask | undefined {
  const job = jobDefinition(context, element);
  return job && { ...base(context, element), type: 'BUSINESS_RULE_TASK', ...job };
}
