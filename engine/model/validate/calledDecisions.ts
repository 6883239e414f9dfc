import { child, childrenNamed } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A business rule task that decides names the decision and the variable of its result. */
export const calledDecisions: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    if (node.name !== 'bpmn:businessRuleTask') continue;
    const all = childrenNamed(child(node, 'bpmn:extensionElements'), 'zeebe:calledDecision');
    if (all.length > 1) {
      const message =
        "Must have exactly one 'zeebe:calledDecision' extension element when exists. Please check process definition XML and retain only one extension element.";
      report.error(node, 'bpmn/called-decision', message);
    }
    const [called] = all;
    if (!called || all.length > 1) continue;
    const { decisionId, resultVariable } = called.attributes;
    if (!decisionId) report.error(called, 'bpmn/called-decision', 'Expected expression but not found.');
    else if (!resultVariable) {
      const message = "Attribute 'resultVariable' must be present and not empty";
      report.error(called, 'bpmn/called-decision', message);
    }
  }
};
