import { ok } from '@baton/engine/protocol';
import { distribute } from '../behaviors/messages.ts';
import { refuse } from '../refusals.ts';
import type { CommandProcessor } from '../types.ts';

/** Gives the message to those who wait, and buffers it for its time to live; an id may not come twice while the first is buffered. */
export const publishMessage: CommandProcessor<'MESSAGE'> = ({ value: asked }, context) => {
  if (asked.messageId !== '' && context.state.messages.hasId(context.tenantId, asked))
    return refuse(
      'ALREADY_EXISTS',
      `Expected to publish a new message with id '${asked.messageId}', but a message with that id was already published`,
    );
  const key = context.nextKey();
  const value = { ...asked, deadline: context.now + asked.timeToLive };
  context.event('MESSAGE', 'PUBLISHED', key, value);
  context.respond({ valueType: 'MESSAGE', intent: 'PUBLISHED', key, value });
  const { deliver } = distribute({ key, value }, context);
  if (asked.timeToLive <= 0) context.event('MESSAGE', 'EXPIRED', key, value);
  deliver();
  return ok();
};
