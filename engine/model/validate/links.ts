import { catchLinks } from '../structure.ts';
import { child, nameOf } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Links have names; each leads to exactly one catch event of its scope. */
export const links: Rule = (process, report) => {
  for (const { element, nodes } of process.containers) {
    const doubled = new Set<string>();
    for (const node of nodes) {
      const link = child(node, 'bpmn:linkEventDefinition');
      if (!link) continue;
      const name = nameOf(link);
      if (name === '') {
        report.error(link, 'bpmn/link', 'Link name must be present and not empty.');
        continue;
      }
      const targets = catchLinks(element, name);
      if (targets.length > 1) doubled.add(name);
      if (node.name === 'bpmn:intermediateThrowEvent' && targets.length === 0) {
        const message = `Can't find an catch link event for the throw link event with the name '${name}'.`;
        report.error(element, 'bpmn/link', message);
      }
    }
    for (const name of doubled) {
      const message = `Multiple intermediate catch link event definitions with the same name '${name}' are not allowed.`;
      report.error(element, 'bpmn/link', message);
    }
  }
};
