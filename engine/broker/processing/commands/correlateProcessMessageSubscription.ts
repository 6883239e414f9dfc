import { ok } from '@baton/engine/protocol';
import { deliver, deliverBuffered } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Brings a message to an element: the one that was found for it, or the oldest that waits for it. */
export const correlateProcessMessageSubscription: CommandProcessor<'PROCESS_MESSAGE_SUBSCRIPTION'> = (
  { key, value },
  context,
) => {
  const subscription = context.state.messageSubscriptions.get(key);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to correlate process message subscription with key '${key}', but its element waits no longer`,
    );
  if (value.messageKey > 0) deliver({ key, value }, context);
  else deliverBuffered(subscription, context);
  return ok();
};
