import type { Checker } from '../processing/types.ts';
import { earliest } from './earliest.ts';

export const jobBackoffs: Checker = {
  nextDue: ({ jobs }) => earliest(jobs.backoffs()),
  *due({ jobs }, now) {
    for (const { key } of jobs.backoffs(now)) {
      const { value, tenantId } = jobs.get(key)!;
      yield { valueType: 'JOB', intent: 'RECUR_AFTER_BACKOFF', key, value, tenantId };
    }
  },
};
