import { commands, executeUntilSettled, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type Referring, readKey, readReference, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface SetVariablesRequest extends Referring {
  elementInstanceKey: Int64;
  variables: string;
  local: boolean;
}

export const setVariables: UnaryRpc<SetVariablesRequest, { key: number }> = {
  kind: 'unary',
  async answer(request, { broker }, call) {
    const scope = readKey(request.elementInstanceKey);
    if (!scope.ok) return scope;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const updated = await executeUntilSettled(
      broker,
      referred(
        commands.setVariables(scope.value, variables.value, request.local ? 'LOCAL' : 'PROPAGATE'),
        readReference(request),
      ),
      call.signal,
    );
    return updated.ok ? ok({ key: updated.value.key }) : failed(refused('UPDATE', updated.failure));
  },
};
