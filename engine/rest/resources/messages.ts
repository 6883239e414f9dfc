import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { refused } from '../problem.ts';
import { readTenant, readVariables } from '../requests.ts';
import type { Routes } from '../route.ts';

export const messages: Routes = {
  'POST /v2/messages/publication': async (request, { broker }) => {
    const body = request.json();
    if (!body.ok) return body;
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const { name, correlationKey, timeToLive, messageId } = body.value;
    const published = await broker.execute(
      commands.publishMessage(
        {
          name: String(name ?? ''),
          correlationKey: String(correlationKey ?? ''),
          timeToLive: Number(timeToLive ?? 0),
          messageId: String(messageId ?? ''),
          variables: variables.value,
        },
        tenant.value,
      ),
    );
    if (!published.ok) return failed(refused('PUBLISH', published.failure));
    return ok({ status: 200, json: { messageKey: String(published.value.key), tenantId: tenant.value } });
  },
};
