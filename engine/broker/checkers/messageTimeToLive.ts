import type { Checker } from '../processing/types.ts';
import { earliest } from './earliest.ts';

export const messageTimeToLive: Checker = {
  nextDue: ({ messages }) => earliest(messages.deadlines()),
  *due({ messages }, now) {
    for (const { key } of messages.deadlines(now)) {
      const { value, tenantId } = messages.get(key)!;
      yield { valueType: 'MESSAGE', intent: 'EXPIRE', key, value, tenantId };
    }
  },
};
