import { aroundWork, beginJob } from '../behaviors/jobWork.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Work that a job worker does; sending a message is such work. */
export const jobTask: ElementProcessor<'SERVICE_TASK' | 'SEND_TASK'> = {
  ...aroundWork,
  activate: (task, context) => beginJob(task, task, context),
};
