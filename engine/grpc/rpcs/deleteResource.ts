import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface DeleteResourceRequest {
  resourceKey: Int64;
}

export const deleteResource: UnaryRpc<DeleteResourceRequest, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const deleted = await broker.execute(commands.deleteResource(int64(request.resourceKey)));
    return deleted.ok ? ok({}) : failed(refused('DELETE', deleted.failure));
  },
};
