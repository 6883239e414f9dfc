import type { Commands } from './commands.ts';
import type { Notifications } from './notifications.ts';

/**
 * What could not wait for the network is said with `Try again`: the command under way is run anew. With several under
 * way nobody knows which one failed, and nothing is offered.
 */
export function offeringRetry(notifications: Notifications, commands: () => Commands): Notifications {
  return {
    ...notifications,
    failure(failure, actions = []) {
      const [only, ...others] = commands().running();
      const offered = failure.code === 'UNREACHABLE' && only && others.length === 0 && actions.length === 0;
      const again = () => void commands().run(only!.id, ...only!.args);
      notifications.failure(failure, offered ? [{ title: 'Try again', run: again }] : actions);
    },
  };
}
