import { ok } from '@baton/engine/protocol';
import { evaluate } from '../behaviors/expressions.ts';
import { aroundWork, beginJob } from '../behaviors/jobWork.ts';
import { completeTask } from '../behaviors/tasks.ts';
import { activated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** An expression whose value becomes a variable, or the work of a job worker. */
export const scriptTask: ElementProcessor<'SCRIPT_TASK'> = {
  ...aroundWork,
  activate(task, context) {
    const { work } = task;
    if (work.kind !== 'script') return beginJob(task, work, context);
    const result = evaluate(work.script, context.key, context.processing);
    if (!result.ok) return result;
    activated(context);
    completeTask(context.key, { [work.resultVariable]: result.value.value }, context.processing);
    return ok();
  },
};
