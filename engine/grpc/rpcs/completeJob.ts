import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { readKey, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export const completeJob: UnaryRpc<{ jobKey: Int64; variables: string }, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.jobKey);
    if (!key.ok) return key;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const completed = await broker.execute(commands.completeJob(key.value, variables.value));
    return completed.ok ? ok({}) : failed(refused('COMPLETE', completed.failure));
  },
};
