import { namesFlow } from '../structure.ts';
import { child, idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const waitedFor = ['timer', 'message', 'signal'].map((kind) => `bpmn:${kind}EventDefinition`);

/** What stands behind an event-based gateway waits there, and nowhere else. */
export const eventBasedGateways: Rule = (process, report) => {
  for (const gateway of process.nodes.values()) {
    if (gateway.name !== 'bpmn:eventBasedGateway') continue;
    const flows = process.outgoing(idOf(gateway));
    if (flows.filter((flow) => namesFlow(gateway, 'outgoing', flow)).length < 2) {
      const message = 'Event-based gateway must have at least 2 outgoing sequence flows.';
      report.error(gateway, 'bpmn/event-based-gateway', message);
    }
    const targets = flows.flatMap((flow) => process.nodes.get(flow.attributes.targetRef ?? '') ?? []);
    const waits = targets.every(
      (target) =>
        target.name === 'bpmn:intermediateCatchEvent' && waitedFor.some((name) => child(target, name)),
    );
    if (!waits) {
      const message =
        'Event-based gateway must not have an outgoing sequence flow to other elements than message/timer/signal intermediate catch events.';
      report.error(gateway, 'bpmn/event-based-gateway', message);
    }
    const hasOthers = (target: XmlElement) =>
      process.incoming(idOf(target)).filter((flow) => namesFlow(target, 'incoming', flow)).length > 1;
    if (targets.some(hasOthers)) {
      const message =
        'Target elements of an event gateway must not have any additional incoming sequence flows other than that from the event gateway.';
      report.error(gateway, 'bpmn/event-based-gateway', message);
    }
  }
};
