import { type ConditionalEvaluationValue, ok } from '@baton/engine/protocol';
import { isFulfilled } from '../behaviors/conditions.ts';
import { newInstance, startInstance } from '../behaviors/startEvents.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Every start event whose condition the variables fulfil begins an instance, which gets them. */
export const evaluateConditional: CommandProcessor<'CONDITIONAL_EVALUATION'> = ({ value }, context) => {
  const { state, tenantId } = context;
  const { processDefinitionKey, variables } = value;
  const definition = processDefinitionKey < 0 ? undefined : state.processes.get(processDefinitionKey);
  if (processDefinitionKey >= 0 && definition?.tenantId !== tenantId)
    return refuse(
      'NOT_FOUND',
      `Expected to evaluate conditions of process definition with key '${processDefinitionKey}', but no such process was found`,
    );
  const waiting = definition
    ? state.conditionalSubscriptions.ofOwner(definition.key)
    : state.conditionalSubscriptions.ofStartEvents(tenantId);
  const startedProcessInstances: ConditionalEvaluationValue['startedProcessInstances'] = [];
  for (const { value: subscription } of [...waiting]) {
    const process = state.processes.get(subscription.processDefinitionKey);
    if (!process || !isFulfilled(subscription, { get: (name) => ownValue(variables, name) }, context))
      continue;
    const instance = newInstance(process, context);
    startInstance(instance, subscription.catchEventId, variables, context);
    const { processInstanceKey } = instance;
    startedProcessInstances.push({ processDefinitionKey: process.key, processInstanceKey });
  }
  const key = context.nextKey();
  const evaluated = { ...value, startedProcessInstances };
  context.event('CONDITIONAL_EVALUATION', 'EVALUATED', key, evaluated);
  context.respond({ valueType: 'CONDITIONAL_EVALUATION', intent: 'EVALUATED', key, value: evaluated });
  return ok();
};

const ownValue = (variables: ConditionalEvaluationValue['variables'], name: string) =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;
