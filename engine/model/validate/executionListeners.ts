import { childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const eventTypes = ['start', 'end'];

/** Elements that are over as soon as they begin, or that begin with what triggers them, have listeners on one side only. */
const without: { readonly [name: string]: string } = {
  'bpmn:startEvent': 'start',
  'bpmn:boundaryEvent': 'start',
  'bpmn:exclusiveGateway': 'end',
  'bpmn:inclusiveGateway': 'end',
  'bpmn:parallelGateway': 'end',
  'bpmn:eventBasedGateway': 'end',
};

function kindOf(name: string): string {
  if (name.endsWith('Gateway')) return 'gateway element';
  return name === 'bpmn:startEvent' ? 'start events' : 'boundary events';
}

/** A listener says when and what; no two of an element say the same. */
export const executionListeners: Rule = (process, report) => {
  for (const node of [process.process, ...process.nodes.values()]) {
    const container = extension(node, 'executionListeners');
    const seen = new Map<string, number>();
    for (const listener of childrenNamed(container, 'zeebe:executionListener')) {
      const { eventType = '', type = '' } = listener.attributes;
      const fault = (message: string) => report.error(listener, 'bpmn/execution-listener', message);
      if (!eventTypes.includes(eventType))
        fault(`Attribute 'eventType' must be one of: ${eventTypes.join(', ')}`);
      if (type === '') fault("Attribute 'type' must be present and not empty");
      if (without[node.name] === eventType)
        report.error(
          node,
          'bpmn/execution-listener',
          `Execution listeners of type '${eventType}' are not supported by ${kindOf(node.name)}`,
        );
      const what = `eventType[${eventType}] and type[${type}]`;
      seen.set(what, (seen.get(what) ?? 0) + 1);
    }
    for (const [what, count] of seen) {
      if (!container || count < 2) continue;
      const message = `Found '${count}' duplicates based on ${what}, these combinations should be unique.`;
      report.error(container, 'bpmn/execution-listener', message);
    }
  }
};
