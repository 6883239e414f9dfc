import { commands, referred } from '@baton/engine/broker';
import { type ActivateInstruction, failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { type Referring, readKey, readReference, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface ModifyProcessInstanceRequest extends Referring {
  processInstanceKey: Int64;
  activateInstructions: {
    elementId: string;
    ancestorElementInstanceKey: Int64;
    variableInstructions: { variables: string; scopeId: string }[];
  }[];
  terminateInstructions: { elementInstanceKey: Int64 }[];
}

export const modifyProcessInstance: UnaryRpc<ModifyProcessInstanceRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.processInstanceKey);
    if (!key.ok) return key;
    const activateInstructions: ActivateInstruction[] = [];
    for (const {
      elementId,
      ancestorElementInstanceKey,
      variableInstructions,
    } of request.activateInstructions) {
      const given: ActivateInstruction['variableInstructions'] = [];
      for (const { variables: document, scopeId } of variableInstructions) {
        const variables = readVariables(document);
        if (!variables.ok) return variables;
        given.push({ elementId: scopeId, variables: variables.value });
      }
      const ancestorScopeKey = int64(ancestorElementInstanceKey);
      activateInstructions.push({
        elementId,
        ancestorScopeKey,
        variableInstructions: given,
        ancestorScopeKeys: [],
      });
    }
    const terminateInstructions = request.terminateInstructions.map(({ elementInstanceKey }) => ({
      elementInstanceKey: int64(elementInstanceKey),
    }));
    const modified = await broker.execute(
      referred(
        commands.modifyInstance(key.value, { activateInstructions, terminateInstructions }),
        readReference(request),
      ),
    );
    return modified.ok ? ok({}) : failed(refused('MODIFY', modified.failure));
  },
};
