import { childrenNamed, extension } from '../xml/read.ts';
import type { Rule } from './rule.ts';

/** What a service task links says what it is and of which kind. */
export const linkedResources: Rule = (process, report) => {
  for (const node of process.nodes.values())
    for (const linked of childrenNamed(extension(node, 'linkedResources'), 'zeebe:linkedResource'))
      for (const name of ['resourceId', 'resourceType'])
        if (!linked.attributes[name])
          report.error(linked, 'bpmn/linked-resource', `Attribute '${name}' must be present and not empty`);
};
