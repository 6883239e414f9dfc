import type { ExecutableCallActivity } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
import { bindingOf } from './binding.ts';
import { base, expression, type TransformContext } from './context.ts';

export function callActivity(
  context: TransformContext,
  element: XmlElement,
): ExecutableCallActivity | undefined {
  const called = extension(element, 'calledElement');
  // reported by the rule `callActivities`
  const processId = called && expression(context, called, called.attributes.processId);
  if (!processId) return undefined;
  return {
    ...base(context, element),
    type: 'CALL_ACTIVITY',
    processId,
    binding: bindingOf(called.attributes),
    propagateAllParentVariables: called.attributes.propagateAllParentVariables !== 'false',
    propagateAllChildVariables: called.attributes.propagateAllChildVariables !== 'false',
  };
}
