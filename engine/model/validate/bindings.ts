import type { Report } from '../problems.ts';
import { child, childrenNamed, extension, type XmlElement } from '../xml/read.ts';
import type { Rule } from './rule.ts';

const kinds = ['deployment', 'latest', 'versionTag'];

/** Elements that name something deployed, and where; without that name no more is asked of those that have one here. */
const naming: { readonly [name: string]: string | undefined } = {
  'zeebe:calledElement': 'processId',
  'zeebe:calledDecision': 'decisionId',
  'zeebe:formDefinition': undefined,
};

/** Says so as well, but may have a version tag without using it. */
const linking = 'zeebe:linkedResource';

/** What names something deployed says in a known way which version it means. */
export const bindings: Rule = (process, report) => {
  for (const node of process.nodes.values()) {
    const extensions = child(node, 'bpmn:extensionElements');
    for (const [name, id] of Object.entries(naming))
      for (const element of childrenNamed(extensions, name))
        if (id === undefined || element.attributes[id]) checkBinding(element, report);
    for (const element of childrenNamed(extension(node, 'linkedResources'), linking))
      checkKind(element, report);
  }
};

function checkBinding(element: XmlElement, report: Report): void {
  const { bindingType = 'latest', versionTag = '' } = element.attributes;
  const error = (message: string) => report.error(element, 'bpmn/binding', message);
  checkKind(element, report);
  if (bindingType === 'versionTag' && versionTag.trim() === '')
    error("Attribute 'versionTag' must be present and not empty if 'bindingType' is 'versionTag'");
  if (bindingType !== 'versionTag' && versionTag.trim() !== '')
    error("Attribute 'versionTag' may only be used if 'bindingType' is 'versionTag'");
}

function checkKind(element: XmlElement, report: Report): void {
  const { bindingType = 'latest' } = element.attributes;
  if (!kinds.includes(bindingType))
    report.error(element, 'bpmn/binding', `Attribute 'bindingType' must be one of: ${kinds.join(', ')}`);
}
