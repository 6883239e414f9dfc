import { ok } from '@baton/engine/protocol';
import { bufferedFor, correlate } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Brings the oldest message that waits for it to an element. */
export const correlateProcessMessageSubscription: CommandProcessor<'PROCESS_MESSAGE_SUBSCRIPTION'> = (
  { key },
  context,
) => {
  const subscription = context.state.messageSubscriptions.get(key);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to correlate process message subscription with key '${key}', but its element waits no longer`,
    );
  const message = bufferedFor(subscription, context);
  if (message) correlate(subscription, message, context)?.();
  return ok();
};
