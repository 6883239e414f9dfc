import { ok } from '@baton/engine/protocol';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { activated, completed, requestCompletion, terminateInstantly } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

export const intermediateCatchEvent: ElementProcessor<'INTERMEDIATE_CATCH_EVENT'> = {
  activate(_event, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  complete(event, context) {
    const outputs = applyOutputMappings(event, context);
    if (!outputs.ok) return outputs;
    completed(context, event.outgoing);
    return ok();
  },
  terminate: terminateInstantly,
};
