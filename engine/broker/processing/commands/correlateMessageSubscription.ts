import { ok } from '@baton/engine/protocol';
import { offerBuffered } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** The element has had a message and waits on: it is offered the next of those that wait for it. */
export const correlateMessageSubscription: CommandProcessor<'MESSAGE_SUBSCRIPTION'> = ({ key }, context) => {
  const subscription = context.state.messageSubscriptions.get(key);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to correlate message subscription with key '${key}', but its element waits no longer`,
    );
  offerBuffered(subscription, context);
  return ok();
};
