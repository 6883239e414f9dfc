import { ok } from '@baton/engine/protocol';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, requestCompletion, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

export const boundaryEvent: ElementProcessor<'BOUNDARY_EVENT'> = {
  activate(_event, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(event, context) {
    completed(context, event.outgoing);
  },
  terminate: terminateInstantly,
};
