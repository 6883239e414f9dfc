import { childrenNamed, idOf, localName, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const MAX_LENGTH = 500;

/** What records speak of needs an id, and no two things share one. */
export const identifiers: Rule = (process, report) => {
  const before = childrenNamed(process.definitions, 'bpmn:process').filter(
    (other) => other.ordinal < process.process.ordinal,
  );
  const seen = new Set(before.map(idOf));
  const check = (element: XmlElement) => {
    const id = idOf(element);
    if (id === '') {
      report.error(
        element,
        'bpmn/missing-id',
        `Expected '${localName(element)}' to have an id, but it has none`,
      );
    } else if (seen.has(id)) {
      report.error(
        element,
        'bpmn/duplicate-id',
        `Expected id '${id}' to be unique, but it is used more than once`,
      );
    }
    if (id.length > MAX_LENGTH) {
      const message = `Expected an id of at most ${MAX_LENGTH} letters, but found ${id.length}`;
      report.error(element, 'bpmn/long-id', message);
    }
    seen.add(id);
  };
  check(process.process);
  for (const { nodes, flows } of process.containers) {
    nodes.forEach(check);
    flows.forEach(check);
  }
};
