import { commands, type MessageSubscriptionRow } from '@baton/engine/broker';
import { failed, type MessageCorrelationValue, ok } from '@baton/engine/protocol';
import { refused } from '../problem.ts';
import { date, faults, missing, readBody, readTenant, readVariables } from '../requests.ts';
import type { Routes } from '../route.ts';
import { searchRuns } from '../runs.ts';
import { readSearch } from '../search.ts';

const subscriptionFields = [
  'messageSubscriptionKey',
  'processDefinitionId',
  'processInstanceKey',
  'elementId',
  'elementInstanceKey',
  'messageSubscriptionState',
  'lastUpdatedDate',
  'messageName',
  'correlationKey',
  'tenantId',
];

const correlatedFields = [
  'subscriptionKey',
  'messageKey',
  'messageName',
  'correlationKey',
  'correlationTime',
  'processDefinitionId',
  'processInstanceKey',
  'elementId',
  'elementInstanceKey',
  'partitionId',
  'tenantId',
];

export const messages: Routes = {
  'POST /v2/messages/publication': async (request, { broker }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const { name, correlationKey, timeToLive, messageId } = body.value;
    const fault = faults(missing('name', name));
    if (fault) return failed(fault);
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const published = await broker.execute(
      commands.publishMessage(
        {
          name: String(name),
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

  'POST /v2/messages/correlation': async (request, { broker }) => {
    const body = readBody(request);
    if (!body.ok) return body;
    const fault = faults(missing('messageName', body.value.name));
    if (fault) return failed(fault);
    const tenant = readTenant(body.value.tenantId);
    if (!tenant.ok) return tenant;
    const variables = readVariables(body.value.variables);
    if (!variables.ok) return variables;
    const correlated = await broker.execute(
      commands.correlateMessage(
        {
          name: String(body.value.name),
          correlationKey: String(body.value.correlationKey ?? ''),
          variables: variables.value,
        },
        tenant.value,
      ),
    );
    if (!correlated.ok) return failed(refused('CORRELATE', correlated.failure));
    const { messageKey, processInstanceKey } = correlated.value.value as MessageCorrelationValue;
    return ok({
      status: 200,
      json: {
        messageKey: String(messageKey),
        processInstanceKey: String(processInstanceKey),
        tenantId: tenant.value,
      },
    });
  },

  'POST /v2/message-subscriptions/search': async (request, context) => {
    const search = readSearch(request, subscriptionFields, ['messageSubscriptionKey']);
    if (!search.ok) return search;
    return searchRuns(search.value, context, (run) =>
      run.subscriptions.map((row) => ({
        messageSubscriptionKey: String(row.subscriptionKey),
        messageSubscriptionState: row.state,
        lastUpdatedDate: date(row.time),
        ...common(row),
      })),
    );
  },

  'POST /v2/correlated-message-subscriptions/search': async (request, context) => {
    const search = readSearch(request, correlatedFields, ['subscriptionKey']);
    if (!search.ok) return search;
    return searchRuns(search.value, context, (run) =>
      run.correlated.map((row) => ({
        subscriptionKey: String(row.subscriptionKey),
        messageKey: String(row.messageKey),
        correlationTime: date(row.time),
        partitionId: 1,
        ...common(row),
      })),
    );
  },
};

function common(row: MessageSubscriptionRow) {
  return {
    processDefinitionId: row.bpmnProcessId,
    processInstanceKey: String(row.processInstanceKey),
    elementId: row.elementId,
    elementInstanceKey: String(row.elementInstanceKey),
    messageName: row.messageName,
    correlationKey: row.correlationKey,
    tenantId: row.tenantId,
  };
}
