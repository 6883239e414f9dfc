import type { DocumentName } from '../../platform/documents.ts';
import { extensionOf, header, type ModdleElement, taskType } from '../../ui/diagram/moddle.ts';

/** Documents an element of a diagram names: what runs when a token comes to it. What FEEL chooses is only known then. */
export function namedByElement(element: ModdleElement | undefined): DocumentName[] {
  if (!element) return [];
  const type = taskType(element);
  const said: [kind: string, name: unknown][] = [
    // Behind an @ may be a version or a label.
    ['agent', type === 'agent' ? header(element, 'agent')?.split('@')[0] : undefined],
    ['task', type === 'agent' ? header(element, 'task') : undefined],
    ['tool', type === 'tool' ? header(element, 'tool') : undefined],
    ['form', extensionOf(element, 'zeebe:FormDefinition')?.formId],
    ['decision', extensionOf(element, 'zeebe:CalledDecision')?.decisionId],
    ['process', extensionOf(element, 'zeebe:CalledElement')?.processId],
  ];
  return said.flatMap(([kind, name]) =>
    typeof name === 'string' && name.trim() !== '' && !name.startsWith('=')
      ? [{ kind, name: name.trim() }]
      : [],
  );
}
