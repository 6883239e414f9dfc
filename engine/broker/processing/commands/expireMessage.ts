import { ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

export const expireMessage: CommandProcessor<'MESSAGE'> = ({ key }, context) => {
  const message = reach(context.state.messages.get(key), context);
  if (!message)
    return refuse('NOT_FOUND', `Expected to expire message with key '${key}', but no such message was found`);
  context.event('MESSAGE', 'EXPIRED', key, message.value);
  return ok();
};
