import { ok } from '@baton/engine/protocol';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** The message's side follows the element's, which went to another definition. */
export const migrateMessageSubscription: CommandProcessor<'MESSAGE_SUBSCRIPTION'> = ({ key }, context) => {
  const subscription = context.state.messageSubscriptions.get(key);
  if (!subscription)
    return refuse(
      'NOT_FOUND',
      `Expected to migrate message subscription with key '${key}', but its element waits no longer`,
    );
  context.event('MESSAGE_SUBSCRIPTION', 'MIGRATED', key, subscription.value);
  return ok();
};
