import type { ElementOf, ExecutableFlow } from '@baton/engine/model';
import { failed, ok, type Result } from '@baton/engine/protocol';
import { evaluateBoolean } from '../behaviors/expressions.ts';
import { passThrough, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementContext, ElementProcessor } from '../elementContext.ts';
import type { Failure } from '../types.ts';

/** Takes every flow whose condition holds, else the default flow. Whether it joins, the guard of activation asks. */
export const inclusiveGateway: ElementProcessor<'INCLUSIVE_GATEWAY'> = {
  activate(gateway, context) {
    const flows = chooseFlows(gateway, context);
    if (!flows.ok) return flows;
    passThrough(context, flows.value);
    return ok();
  },
  terminate: terminateInstantly,
};

function chooseFlows(
  { outgoing, defaultFlow }: ElementOf<'INCLUSIVE_GATEWAY'>,
  { processing, key }: ElementContext,
): Result<readonly ExecutableFlow[], Failure> {
  if (outgoing.length === 0 || (outgoing.length === 1 && !outgoing[0]!.condition)) return ok(outgoing);
  const taken: ExecutableFlow[] = [];
  for (const flow of outgoing) {
    if (flow === defaultFlow || !flow.condition) continue;
    const holds = evaluateBoolean(flow.condition, key, processing);
    if (!holds.ok) return holds;
    if (holds.value) taken.push(flow);
  }
  if (taken.length > 0) return ok(taken);
  if (defaultFlow) return ok([defaultFlow]);
  return failed({
    errorType: 'CONDITION_ERROR',
    message: 'Expected at least one condition to evaluate to true, or to have a default flow',
  });
}
