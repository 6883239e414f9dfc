import { ok } from '@baton/engine/protocol';
import { openScope } from '../behaviors/eventSubProcesses.ts';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, requestCompletion, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

export const startEvent: ElementProcessor<'START_EVENT'> = {
  activate(_event, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  conclude(event, context) {
    const mapped = applyOutputMappings(event, context);
    return mapped.ok ? openScope(event, context) : mapped;
  },
  complete(event, context) {
    completed(context, event.outgoing);
  },
  terminate: terminateInstantly,
};
