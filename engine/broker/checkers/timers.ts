import type { Checker } from '../processing/types.ts';
import { earliest } from './earliest.ts';

export const timers: Checker = {
  nextDue: ({ timers }) => earliest(timers.due()),
  *due({ timers }, now) {
    for (const { key } of timers.due(now)) {
      const { value, tenantId } = timers.get(key)!;
      yield { valueType: 'TIMER', intent: 'TRIGGER', key, value, tenantId };
    }
  },
};
