/**
 * The little a draft is looked at when it is saved: whether it can be BPMN at all, and which process it is about. A
 * deployment reads the whole model; a draft may be incomplete.
 */
export function isBpmnDocument(xml: string): boolean {
  return /^\s*<(?:[\w-]+:)?definitions[\s>/]/.test(
    content(xml).replace(/^\uFEFF?\s*(?:<\?[^>]*\?>\s*)*/, ''),
  );
}

/** Id of the first executable process, else of the first process; '' where there is none. */
export function bpmnProcessIdOf(xml: string): string {
  const processes = [...content(xml).matchAll(/<(?:[\w-]+:)?process\b((?:"[^"]*"|'[^']*'|[^>"'])*)>/g)].map(
    ([, attributes]) => ({
      id: attribute(attributes!, 'id') ?? '',
      executable: attribute(attributes!, 'isExecutable') === 'true',
    }),
  );
  return (processes.find(({ executable }) => executable) ?? processes[0])?.id ?? '';
}

function content(xml: string): string {
  return xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '');
}

function attribute(attributes: string, name: string): string | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? (found[1] ?? found[2]) : undefined;
}
