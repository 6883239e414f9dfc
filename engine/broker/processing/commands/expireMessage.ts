import { type MessageValue, ok } from '@baton/engine/protocol';
import { reach, refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Which message it was, the key says; as observed the event says nothing else. */
const gone: MessageValue = {
  name: '',
  correlationKey: '',
  timeToLive: -1,
  messageId: '',
  variables: {},
  deadline: -1,
};

export const expireMessage: CommandProcessor<'MESSAGE'> = ({ key }, context) => {
  const message = reach(context.state.messages.get(key), context);
  if (!message)
    return refuse('NOT_FOUND', `Expected to expire message with key '${key}', but no such message was found`);
  context.event('MESSAGE', 'EXPIRED', key, gone);
  return ok();
};
