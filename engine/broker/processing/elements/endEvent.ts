import { ok } from '@baton/engine/protocol';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { terminateThrowing, throwEvent } from '../behaviors/throwing.ts';
import { completed, terminateSiblings } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Ends its path, with what it throws. */
export const endEvent: ElementProcessor<'END_EVENT'> = {
  activate(end, context) {
    const { event } = end;
    return throwEvent(event.kind === 'terminate' ? { kind: 'none' } : event, end, context);
  },
  complete(end, context) {
    const outputs = applyOutputMappings(end, context);
    if (!outputs.ok) return outputs;
    completed(context, end.outgoing);
    if (end.event.kind === 'terminate') terminateSiblings(context);
    return ok();
  },
  terminate: terminateThrowing,
};
