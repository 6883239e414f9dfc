import { child } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const throwing = new Set(['bpmn:intermediateThrowEvent', 'bpmn:endEvent']);
const scopes = new Set(['bpmn:subProcess', 'bpmn:adHocSubProcess', 'bpmn:callActivity']);

/** Who throws names an escalation with a code; who catches names a static one, or catches all that comes from a scope. */
export const escalations: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const definition = child(node, 'bpmn:escalationEventDefinition');
    if (!definition) continue;
    const throws = throwing.has(node.name);
    const { escalationRef } = definition.attributes;
    const escalation = process.root('bpmn:escalation', escalationRef ?? '');
    if (!escalation && throws) {
      report.error(definition, 'bpmn/escalation', 'Must reference an escalation');
    }
    const code = escalation?.attributes.escalationCode;
    if (escalation && !code && throws) {
      report.error(definition, 'bpmn/escalation', 'EscalationCode must be present and not empty');
    } else if (code?.startsWith('=') && !throws) {
      const message = 'The escalationCode of the escalation catch event is not allowed to be an expression';
      report.error(definition, 'bpmn/escalation', message);
    }
    const host = process.nodes.get(node.attributes.attachedToRef ?? '');
    if (host && !scopes.has(host.name)) {
      const message =
        'An escalation boundary event should only be attached to a subprocess, or a call activity.';
      report.error(node, 'bpmn/escalation', message);
    }
  }
};
