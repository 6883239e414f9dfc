import { child } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** An error event that names an error names one with a code; without a name it catches all. */
export const errorCodes: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const definition = child(node, 'bpmn:errorEventDefinition');
    const error = definition && process.root('bpmn:error', definition.attributes.errorRef ?? '');
    if (!definition || !error) continue;
    const code = error.attributes.errorCode;
    if (!code) report.error(definition, 'bpmn/error-code', 'ErrorCode must be present and not empty');
    else if (code.startsWith('=')) {
      report.error(
        definition,
        'bpmn/error-code',
        `Expected a static error code, but found expression '${code}'`,
      );
    }
  }
};
