import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { type Referring, readKey, readReference } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface MigrateProcessInstanceRequest extends Referring {
  processInstanceKey: Int64;
  migrationPlan?: {
    targetProcessDefinitionKey: Int64;
    mappingInstructions: { sourceElementId: string; targetElementId: string }[];
  };
}

export const migrateProcessInstance: UnaryRpc<MigrateProcessInstanceRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.processInstanceKey);
    if (!key.ok) return key;
    const { targetProcessDefinitionKey = 0, mappingInstructions = [] } = request.migrationPlan ?? {};
    const migrated = await broker.execute(
      referred(
        commands.migrateInstance(key.value, {
          targetProcessDefinitionKey: int64(targetProcessDefinitionKey),
          mappingInstructions: mappingInstructions.map(({ sourceElementId, targetElementId }) => ({
            sourceElementId,
            targetElementId,
          })),
        }),
        readReference(request),
      ),
    );
    return migrated.ok ? ok({}) : failed(refused('MIGRATE', migrated.failure));
  },
};
