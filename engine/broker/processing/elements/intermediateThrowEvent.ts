import { ok } from '@baton/engine/protocol';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { terminateThrowing, throwEvent } from '../behaviors/throwing.ts';
import { completed, jumpTo } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Throws on its way; a link goes on at the catch event of its name. */
export const intermediateThrowEvent: ElementProcessor<'INTERMEDIATE_THROW_EVENT'> = {
  activate(element, context) {
    const { event } = element;
    return throwEvent(event.kind === 'link' ? { kind: 'none' } : event, element, context);
  },
  complete(element, context) {
    const outputs = applyOutputMappings(element, context);
    if (!outputs.ok) return outputs;
    // before the scope looks whether this was its last path
    if (element.event.kind === 'link') jumpTo(element.event.target, context);
    completed(context, element.outgoing);
    return ok();
  },
  terminate: terminateThrowing,
};
