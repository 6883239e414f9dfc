import { commands, referred } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import type { Int64 } from '../codec.ts';
import { type Referring, readKey, readReference } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export const resolveIncident: UnaryRpc<{ incidentKey: Int64 } & Referring, object> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const key = readKey(request.incidentKey);
    if (!key.ok) return key;
    const resolved = await broker.execute(
      referred(commands.resolveIncident(key.value), readReference(request)),
    );
    return resolved.ok ? ok({}) : failed(refused('RESOLVE', resolved.failure));
  },
};
