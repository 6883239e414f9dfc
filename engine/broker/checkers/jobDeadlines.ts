import type { Checker } from '../processing/types.ts';
import { earliest } from './earliest.ts';

export const jobDeadlines: Checker = {
  nextDue: ({ jobs }) => earliest(jobs.deadlines()),
  *due({ jobs }, now) {
    for (const { key } of jobs.deadlines(now)) {
      const { value, tenantId } = jobs.get(key)!;
      yield { valueType: 'JOB', intent: 'TIME_OUT', key, value, tenantId };
    }
  },
};
