import { ok } from '@baton/engine/protocol';
import { propagate, setLocal } from '../behaviors/variables.ts';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const updateVariables: CommandProcessor<'VARIABLE_DOCUMENT'> = ({ value }, context) => {
  const { scopeKey, updateSemantics, variables } = value;
  const scope = reach(context.state.elementInstances.get(scopeKey), context);
  if (!scope)
    return refuse(
      'NOT_FOUND',
      `Expected to update variables for element with key '${scopeKey}', but no such element was found`,
    );
  const update = updateSemantics === 'LOCAL' ? setLocal : propagate;
  update(variables, scopeKey, scope.value, context);
  const key = context.nextKey();
  context.event('VARIABLE_DOCUMENT', 'UPDATED', key, value);
  context.respond({ valueType: 'VARIABLE_DOCUMENT', intent: 'UPDATED', key, value });
  return ok();
};
