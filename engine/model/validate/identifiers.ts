import { childrenNamed, idOf, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const MAX_LENGTH = 500;

const kindsOf: { readonly [name: string]: number } = {
  'bpmn:process': 1,
  'bpmn:sequenceFlow': 2,
  'bpmn:startEvent': 3,
};

/** What records speak of needs an id, and no two things share one. */
export const identifiers: Rule = (process, report) => {
  const before = childrenNamed(process.definitions, 'bpmn:process').filter(
    (other) => other.ordinal < process.process.ordinal,
  );
  const seen = new Set(before.map(idOf));
  const check = (element: XmlElement) => {
    const id = idOf(element);
    if (id === '') {
      // the real broker asks once for each kind of element that the element is
      for (let time = 0; time < (kindsOf[element.name] ?? 4); time++)
        report.error(element, 'bpmn/missing-id', 'Element id must be present and not empty.');
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
