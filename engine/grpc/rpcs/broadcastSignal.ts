import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { readTenant, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface BroadcastSignalRequest {
  signalName: string;
  variables: string;
  tenantId: string;
}

export const broadcastSignal: UnaryRpc<BroadcastSignalRequest, { key: number; tenantId: string }> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const tenant = readTenant('BroadcastSignal', request.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const signal = { signalName: request.signalName, variables: variables.value };
    const broadcast = await broker.execute(commands.broadcastSignal(signal, tenant.value));
    if (!broadcast.ok) return failed(refused('BROADCAST', broadcast.failure));
    return ok({ key: broadcast.value.key, tenantId: tenant.value });
  },
};
