import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type Referring, readKey, readReference } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface DeleteResourceRequest extends Referring {
  resourceKey: Int64;
}

export const deleteResource: UnaryRpc<DeleteResourceRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.resourceKey);
    if (!key.ok) return key;
    const deleted = await broker.execute(
      referred(commands.deleteResource(key.value), readReference(request)),
    );
    return deleted.ok ? ok({}) : failed(refused('DELETE', deleted.failure));
  },
};
