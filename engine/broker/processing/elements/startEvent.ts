import { ok } from '@baton/engine/protocol';
import { openScope } from '../behaviors/eventSubProcesses.ts';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import {
  activated,
  completed,
  requestCompletion,
  terminateBeforeIncident,
} from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

export const startEvent: ElementProcessor<'START_EVENT'> = {
  activate(_event, context) {
    activated(context);
    requestCompletion(context);
    return ok();
  },
  conclude: applyOutputMappings,
  complete(event, context) {
    const opened = openScope(event, context);
    if (!opened.ok) return opened;
    completed(context, event.outgoing);
    return ok();
  },
  terminate: terminateBeforeIncident,
};
