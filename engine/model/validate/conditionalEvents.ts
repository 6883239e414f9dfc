import { variableChanges } from '../executable.ts';
import { listed } from '../transform/trigger.ts';
import { child, childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const code = 'bpmn/conditional-event';

/** A conditional event has an expression, and no two of them begin a process by the same one. */
export const conditionalEvents: Rule = (process, report) => {
  for (const event of process.nodes.values()) {
    const definition = child(event, 'bpmn:conditionalEventDefinition');
    if (!definition) continue;
    const condition = child(definition, 'bpmn:condition');
    const text = condition?.text.trim() ?? '';
    if (text === '') report.error(condition ?? definition, code, 'Condition must be present and not empty');
    else if (!text.startsWith('=')) {
      const message = `Expected expression but found static value '${text}'. An expression must start with '=' (e.g. '=${text}').`;
      report.error(condition!, 'bpmn/static-condition', message);
    }
    const filter = extension(definition, 'conditionalFilter');
    const unknown = listed(filter?.attributes.variableEvents).find(
      (event) => !variableChanges.some((change) => change === event),
    );
    if (filter && unknown !== undefined) {
      const message = `Expected the variable events of a conditional filter to be any of [${variableChanges.join(', ')}], but found '${unknown}'`;
      report.error(filter, code, message);
    }
  }
  const begins = childrenNamed(process.process, 'bpmn:startEvent').flatMap((start) => {
    const text = child(child(start, 'bpmn:conditionalEventDefinition'), 'bpmn:condition')?.text.trim();
    return text ? [text] : [];
  });
  for (const text of new Set(begins.filter((one, index) => begins.indexOf(one) !== index)))
    report.error(
      process.process,
      code,
      `Multiple conditional event definitions with the same condition '${text}' are not allowed.`,
    );
};
