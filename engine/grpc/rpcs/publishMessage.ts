import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { type Int64, int64 } from '../codec.ts';
import { readTenant, readVariables } from '../requests.ts';
import type { UnaryRpc } from '../rpc.ts';
import { refused } from '../status.ts';

export interface PublishMessageRequest {
  name: string;
  correlationKey: string;
  timeToLive: Int64;
  messageId: string;
  variables: string;
  tenantId: string;
}

export const publishMessage: UnaryRpc<PublishMessageRequest, { key: number; tenantId: string }> = {
  kind: 'unary',
  async answer(request, { broker }) {
    const tenant = readTenant('PublishMessage', request.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(request.variables);
    if (!variables.ok) return variables;
    const { name, correlationKey, messageId } = request;
    const published = await broker.execute(
      commands.publishMessage(
        {
          name,
          correlationKey,
          messageId,
          timeToLive: int64(request.timeToLive),
          variables: variables.value,
        },
        tenant.value,
      ),
    );
    if (!published.ok) return failed(refused('PUBLISH', published.failure));
    return ok({ key: published.value.key, tenantId: tenant.value });
  },
};
