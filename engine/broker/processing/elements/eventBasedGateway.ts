import { ok } from '@baton/engine/protocol';
import { closeEvents, enterTriggeredEvent, openEvents } from '../behaviors/catchEvents.ts';
import { dropIncident } from '../behaviors/incidents.ts';
import { activated, completed, terminated } from '../behaviors/transitions.ts';
import type { ElementProcessor } from '../elementContext.ts';

/** Waits for the events behind it; the first one that happens is where the path goes on. */
export const eventBasedGateway: ElementProcessor<'EVENT_BASED_GATEWAY'> = {
  activate(gateway, context) {
    const opened = openEvents(gateway.events, context);
    if (!opened.ok) return opened;
    activated(context);
    return ok();
  },
  complete(gateway, context) {
    const { processing, key, value } = context;
    closeEvents(context);
    const [happened] = processing.state.eventTriggers.ofScope(key);
    if (!happened) throw new Error(`Expected an event at gateway '${gateway.id}', but none has happened`);
    const event = context.process.elements.get(happened.targetElementId);
    if (event?.type !== 'INTERMEDIATE_CATCH_EVENT')
      throw new Error(`Expected '${happened.targetElementId}' to be an event behind gateway '${gateway.id}'`);
    completed(context, [], () => enterTriggeredEvent(event, happened.trigger, value.flowScopeKey, context));
  },
  terminate(gateway, context) {
    closeEvents(context);
    dropIncident(context);
    terminated(gateway, context);
  },
};
