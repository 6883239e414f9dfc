import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { readKey } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface DeleteResourceRequest {
  resourceKey: Int64;
}

export const deleteResource: UnaryRpc<DeleteResourceRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.resourceKey);
    if (!key.ok) return key;
    const deleted = await broker.execute(commands.deleteResource(key.value));
    return deleted.ok ? ok({}) : failed(refused('DELETE', deleted.failure));
  },
};
