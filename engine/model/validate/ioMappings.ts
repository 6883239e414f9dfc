import { extension, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const path = /^[a-zA-Z_][a-zA-Z0-9_]*(\.[a-zA-Z_][a-zA-Z0-9_]*)*$/;

/** What merges is written twice for every level (what is there, and nothing there). */
const DEEPEST_OUTPUT = 10;

const reserved = [
  'null',
  'true',
  'false',
  'function',
  'if',
  'then',
  'else',
  'for',
  'between',
  'instance',
  'of',
];

export function isDeepOutput({ name, attributes }: XmlElement): boolean {
  return name === 'zeebe:output' && (attributes.target ?? '').split('.').length > DEEPEST_OUTPUT;
}

export function isMappingTarget(target: string): boolean {
  return !reserved.includes(target) && path.test(target);
}

/** A mapping writes to a variable or to a place inside one. */
export const ioMappings: Rule = (process, report) => {
  for (const node of [process.process, ...process.nodes.values()]) {
    for (const mapping of extension(node, 'ioMapping')?.children ?? []) {
      if (mapping.name === 'zeebe:output') {
        const source = mapping.attributes.source ?? '';
        if (source === '') report.error(mapping, 'bpmn/mapping', 'Expected expression but not found.');
        else if (!source.startsWith('='))
          report.error(
            mapping,
            'bpmn/mapping',
            `Expected expression but found static value '${source}'. An expression must start with '=' (e.g. '=${source}').`,
          );
      }
      const target = mapping.attributes.target ?? '';
      if (isDeepOutput(mapping))
        report.error(
          mapping,
          'bpmn/mapping',
          `Expected a path expression of at most ${DEEPEST_OUTPUT} names.`,
        );
      if (target === '') {
        report.error(mapping, 'bpmn/mapping', 'Expected path expression but not found.');
      } else if (reserved.includes(target)) {
        const message = `Expected path expression '${target}' but is one of the reserved words (${reserved.join(', ')}).`;
        report.error(mapping, 'bpmn/mapping', message);
      } else if (!path.test(target)) {
        const message = `Expected path expression '${target}' but doesn't match the pattern '[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*'.`;
        report.error(mapping, 'bpmn/mapping', message);
      }
    }
  }
};
