import { type MessageCorrelationValue, type MessageValue, ok } from '@baton/engine/protocol';
import { distribute } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Gives a message that is not kept to those who wait for it now; refused when nobody does. */
export const correlateMessage: CommandProcessor<'MESSAGE_CORRELATION'> = ({ value: asked }, context) => {
  const { name, correlationKey, variables } = asked;
  const key = context.nextKey();
  const message: MessageValue = {
    name,
    correlationKey,
    variables,
    timeToLive: -1,
    messageId: '',
    deadline: context.now - 1,
  };
  const correlating: MessageCorrelationValue = { ...asked, messageKey: key };
  context.event('MESSAGE_CORRELATION', 'CORRELATING', key, correlating);
  context.event('MESSAGE', 'PUBLISHED', key, message);
  const { reached: processInstanceKey, deliver } = distribute({ key, value: message }, context);
  if (processInstanceKey === undefined)
    return refuse(
      'NOT_FOUND',
      `Expected to find subscription for message with name '${name}' and correlation key '${correlationKey}', but none was found.`,
    );
  const value = { ...correlating, processInstanceKey };
  context.event('MESSAGE_CORRELATION', 'CORRELATED', key, value);
  context.respond({ valueType: 'MESSAGE_CORRELATION', intent: 'CORRELATED', key, value });
  context.event('MESSAGE', 'EXPIRED', key, message);
  deliver();
  return ok();
};
