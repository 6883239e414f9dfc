import type { Binding, ExecutableCallActivity } from '../executable.ts';
import { extension, type XmlElement } from '../xml/read.ts';
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

function bindingOf({ bindingType, versionTag = '' }: XmlElement['attributes']): Binding {
  if (bindingType === 'deployment') return { kind: 'deployment' };
  if (bindingType === 'versionTag') return { kind: 'versionTag', versionTag };
  return { kind: 'latest' };
}
