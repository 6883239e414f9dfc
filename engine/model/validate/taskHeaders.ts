import { childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** Headers of a task have names of their own. */
export const taskHeaders: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const headers = extension(node, 'taskHeaders');
    const keys = childrenNamed(headers, 'zeebe:header').map(({ attributes }) => attributes.key || 'null');
    const doubled = new Set(keys.filter((key, index) => keys.indexOf(key) < index));
    for (const key of doubled)
      report.error(headers!, 'bpmn/headers', `Headers contain duplicate entries for key '${key}'`);
  }
};
