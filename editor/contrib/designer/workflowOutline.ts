import type { OutlineItem } from '../../platform/documents.ts';
import type { IconName } from '../../platform/icons.ts';

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
/** What has an id and is nothing one looks for. */
const left = /^(definitions|collaboration|sequenceFlow|messageFlow|association|.*EventDefinition|import)$/;

const icons: readonly (readonly [RegExp, IconName])[] = [
  [/^userTask$/, 'human'],
  [/Task$|^task$|callActivity/, 'task'],
  [/Event$/, 'codicon:circle-outline'],
  [/Gateway$/, 'codicon:symbol-operator'],
  [/process/i, 'process'],
];

/** Elements of a workflow as its XML has them; what is inside a sub-process stands deeper. */
export function workflowOutline(xml: string): readonly OutlineItem[] {
  const root = new DOMParser().parseFromString(xml, 'application/xml').documentElement;
  const items: OutlineItem[] = [];
  const walk = (element: Element, depth: number) => {
    for (const child of element.children) {
      if (child.namespaceURI !== bpmn) continue;
      const id = child.getAttribute('id');
      const listed = id !== null && !left.test(child.localName);
      if (listed) {
        const name = child.getAttribute('name')?.replaceAll(/\s+/g, ' ');
        items.push({
          id,
          name: name || id,
          type: typeOf(child.localName),
          ...(name && { detail: id }),
          icon: icons.find(([pattern]) => pattern.test(child.localName))?.[1] ?? 'codicon:symbol-misc',
          depth,
          place: { elementId: id },
        });
      }
      walk(child, listed ? depth + 1 : depth);
    }
  };
  walk(root, 0);
  return items;
}

/** `serviceTask` → `Service task`. */
function typeOf(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
