import { extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const path = /^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u;

/** A mapping writes to a variable or to a place inside one. */
export const ioMappings: Rule = (process, report) => {
  for (const node of [process.process, ...process.nodes.values()]) {
    for (const mapping of extension(node, 'ioMapping')?.children ?? []) {
      const target = mapping.attributes.target ?? '';
      if (target === '') {
        report.error(mapping, 'bpmn/mapping', 'Expected path expression but not found.');
      } else if (!path.test(target)) {
        const message = `Expected path expression '${target}' but doesn't match the pattern '[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*'.`;
        report.error(mapping, 'bpmn/mapping', message);
      }
    }
  }
};
