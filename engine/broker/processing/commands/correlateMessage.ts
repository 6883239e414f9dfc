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
  context.event('MESSAGE', 'PUBLISHED', key, message);
  context.event('MESSAGE_CORRELATION', 'CORRELATING', key, correlating);
  const { begun, found, locked, deliver } = distribute({ key, value: message }, context);
  const processInstanceKey = begun ?? found;
  if (processInstanceKey === undefined) {
    const expected = `Expected to find subscription for message with name '${name}' and correlation key '${correlationKey}'`;
    return refuse(
      'NOT_FOUND',
      locked.length === 0
        ? `${expected}, but none was found.`
        : `${expected}, but no active subscription was found. A process instance with this correlation key is already active for a message start event with this message name in process IDs [${locked.join(', ')}]. Only one active process instance per correlation key is allowed for message start events.`,
    );
  }
  const value = { ...correlating, processInstanceKey };
  context.respond({ valueType: 'MESSAGE_CORRELATION', intent: 'CORRELATED', key, value });
  if (begun !== undefined) context.event('MESSAGE_CORRELATION', 'CORRELATED', key, value);
  context.event('MESSAGE', 'EXPIRED', key, message);
  deliver(() => {
    // it has reached an element when that has gone on
    if (begun === undefined) context.command('MESSAGE_CORRELATION', 'CONCLUDE', key, value);
  });
  return ok();
};

export const concludeCorrelation: CommandProcessor<'MESSAGE_CORRELATION'> = ({ key, value }, context) => {
  context.event('MESSAGE_CORRELATION', 'CORRELATED', key, value);
  return ok();
};
