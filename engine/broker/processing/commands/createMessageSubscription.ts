import { ok } from '@baton/engine/protocol';
import { offerBuffered } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Opens the subscription of an element, which is offered the oldest message that waits for it. */
export const createMessageSubscription: CommandProcessor<'MESSAGE_SUBSCRIPTION'> = ({ key }, context) => {
  const subscription = context.state.messageSubscriptions.get(key);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to open message subscription with key '${key}', but its element waits no longer`,
    );
  context.event('MESSAGE_SUBSCRIPTION', 'CREATED', key, subscription.value);
  context.event('PROCESS_MESSAGE_SUBSCRIPTION', 'CREATED', key, subscription.value);
  offerBuffered(subscription, context);
  return ok();
};
