import type { Applier } from '../processing/types.ts';

export const messagePublished: Applier<'MESSAGE'> = ({ messages }, { key, tenantId, value }) =>
  messages.add({ key, tenantId, value });

export const messageExpired: Applier<'MESSAGE'> = ({ messages }, { key }) => messages.remove(key);

/** The instance that the message begins holds its correlation key. */
export const messageStartEventCorrelated: Applier<'MESSAGE_START_EVENT_SUBSCRIPTION'> = (
  { messages, messageStartEvents },
  { tenantId, value: { messageKey, bpmnProcessId, processInstanceKey, correlationKey } },
) => {
  messages.correlate(messageKey, bpmnProcessId);
  if (correlationKey !== '')
    messageStartEvents.lock(processInstanceKey, { tenantId, bpmnProcessId, correlationKey });
};
