import { ok } from '@baton/engine/protocol';
import { activated, completed, requestCompletion, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Manual tasks, and tasks of no kind: passed through, their mappings ignored (observed of the real broker). */
export const passedTask: ElementProcessor<'TASK' | 'MANUAL_TASK'> = {
  activate(_task, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  complete(task, context) {
    completed(context, task.outgoing);
  },
  terminate: terminateInstantly,
};
