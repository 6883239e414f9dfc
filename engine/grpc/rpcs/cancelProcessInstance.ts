import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type Referring, readKey, readReference } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export const cancelProcessInstance: UnaryRpc<{ processInstanceKey: Int64 } & Referring, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.processInstanceKey);
    if (!key.ok) return key;
    const canceled = await broker.execute(
      referred(commands.cancelInstance(key.value), readReference(request)),
    );
    return canceled.ok ? ok({}) : failed(refused('CANCEL', canceled.failure));
  },
};
