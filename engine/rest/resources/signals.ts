import { commands } from '@baton/engine/broker';
import { failed, ok } from '@baton/engine/protocol';
import { refused } from '../problem.ts';
import { faults, missing, readBody, readTenant, readVariables } from '../requests.ts';
import type { Routes } from '../route.ts';

export const signals: Routes = {
  'POST /v2/signals/broadcast': async (request, { broker }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const fault = faults(missing('signalName', body.value.signalName));
    if (fault) return failed(fault);
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const signal = { signalName: String(body.value.signalName ?? ''), variables: variables.value };
    const broadcast = await broker.execute(commands.broadcastSignal(signal, tenant.value));
    if (!broadcast.ok) return failed(refused('BROADCAST', broadcast.failure));
    return ok({ status: 200, json: { signalKey: String(broadcast.value.key), tenantId: tenant.value } });
  },
};
