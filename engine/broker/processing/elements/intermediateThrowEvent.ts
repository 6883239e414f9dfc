import { ok } from '@baton/engine/protocol';
import { cancelJob } from '../behaviors/jobs.ts';
import { applyOutputMappings } from '../behaviors/mappings.ts';
import { prepareThrowing, throwEvent } from '../behaviors/throwing.ts';
import { completed, jumpTo, terminateBeforeIncident } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Throws on its way; a link goes on at the catch event of its name. */
export const intermediateThrowEvent: ElementProcessor<'INTERMEDIATE_THROW_EVENT'> = {
  prepare(element, context) {
    return prepareThrowing(element.event.kind, element, context);
  },
  activate({ event, id }, context) {
    return throwEvent(event.kind === 'link' ? { kind: 'none' } : event, id, context);
  },
  conclude(element, context) {
    // of compensation nothing comes out (observed of the real broker)
    return element.event.kind === 'compensation' ? ok() : applyOutputMappings(element, context);
  },
  complete({ event, outgoing }, context) {
    if (event.kind === 'link') jumpTo(event.target, context);
    completed(context, outgoing);
  },
  terminate(element, context) {
    cancelJob(context);
    terminateBeforeIncident(element, context);
  },
};
