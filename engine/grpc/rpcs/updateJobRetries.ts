import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type Referring, readKey, readReference } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export const updateJobRetries: UnaryRpc<{ jobKey: Int64; retries: number } & Referring, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.jobKey);
    if (!key.ok) return key;
    const updated = await broker.execute(
      referred(commands.updateJobRetries(key.value, request.retries), readReference(request)),
    );
    return updated.ok ? ok({}) : failed(refused('UPDATE_RETRIES', updated.failure));
  },
};
