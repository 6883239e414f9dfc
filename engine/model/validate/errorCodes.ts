import { child } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** A catch event that names an error names one with a code; without a name it catches all. An end event always names one. */
export const errorCodes: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const definition = child(node, 'bpmn:errorEventDefinition');
    const error = definition && process.root('bpmn:error', definition.attributes.errorRef ?? '');
    if (!definition) continue;
    const throws = node.name === 'bpmn:endEvent';
    if (throws && !error) report.error(definition, 'bpmn/error-code', 'Must reference an error');
    if (!error) continue;
    const code = error.attributes.errorCode ?? '';
    if (code === '' && throws)
      report.error(definition, 'bpmn/error-code', 'ErrorCode must be present and not empty');
    else if (code.startsWith('=') && !throws) {
      report.error(
        definition,
        'bpmn/error-code',
        'The errorCode of the error catch event is not allowed to be an expression',
      );
    }
  }
};
