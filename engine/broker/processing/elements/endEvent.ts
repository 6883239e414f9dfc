import { ok } from '@baton/engine/protocol';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { prepareThrowing, terminateThrowing, throwEvent } from '../behaviors/throwing.ts';
import { completed, terminateSiblings } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Ends its path, with what it throws. */
export const endEvent: ElementProcessor<'END_EVENT'> = {
  prepare(end, context) {
    return prepareThrowing(end.event.kind, end, context);
  },
  activate({ event, id }, context) {
    return throwEvent(event.kind === 'terminate' ? { kind: 'none' } : event, id, context);
  },
  conclude(element, context) {
    // of compensation nothing comes out (observed of the real broker)
    return element.event.kind === 'compensation' ? ok() : applyOutputMappings(element, context);
  },
  complete(end, context) {
    completed(context, end.outgoing);
    if (end.event.kind === 'terminate') terminateSiblings(context);
  },
  terminate: terminateThrowing,
};
