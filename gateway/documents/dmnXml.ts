/** What a `.dmn` file says it decides. A deployment reads the whole model; a draft may be incomplete. */
export interface DmnNames {
  /** Of the requirements graph, with its name. */
  id: string;
  name: string;
  decisions: readonly { id: string; name: string; offset: number }[];
}

/** Whether it can be DMN at all. */
export function isDmnDocument(xml: string): boolean {
  return /^<(?:[\w-]+:)?definitions[\s/>]/.test(blanked(xml).replace(/^\uFEFF?\s*(?:<\?[^>]*\?>\s*)*/, ''));
}

export function dmnNamesOf(xml: string): DmnNames {
  const text = blanked(xml);
  const [definitions] = elements(text, 'definitions');
  return {
    id: definitions?.id ?? '',
    name: definitions?.name ?? '',
    decisions: elements(text, 'decision').filter(({ id }) => id !== ''),
  };
}

/** Comments and raw text as blanks, so that offsets stay. */
function blanked(xml: string): string {
  return xml.replace(/<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)/g, (part) =>
    part.replace(/[^\n]/g, ' '),
  );
}

function elements(text: string, name: string): { id: string; name: string; offset: number }[] {
  const tag = new RegExp(`<(?:[\\w-]+:)?${name}\\b(?![-.:])((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>`, 'g');
  return [...text.matchAll(tag)].map((found) => ({
    id: attribute(found[1]!, 'id'),
    name: attribute(found[1]!, 'name'),
    offset: found.index,
  }));
}

function attribute(attributes: string, name: string): string {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return decoded(found?.[1] ?? found?.[2] ?? '');
}

const entities: { readonly [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name) => entities[name]!);
