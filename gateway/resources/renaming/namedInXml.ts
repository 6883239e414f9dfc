import type { NamingPlace } from '../../api/index.ts';
import { readProcesses } from '../workflows/references.ts';
import { lineAt, type Naming } from './namedIn.ts';

const skipped = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)/g;
const tag = /<(\/?)((?:[\w.-]+:)?[\w.-]+)((?:"[^"<]*"|'[^'<]*'|[^<>"'])*)>/g;
const headers = { agent: 'agent', task: 'task', tool: 'tool' } as const;

/**
 * A process file with another name in the headers of the elements that name it (`<zeebe:header key="agent" value="…"/>`).
 * All else stays byte by byte: a file that people keep elsewhere does not change where nothing was renamed.
 */
export function renamedInXml(
  xml: string,
  { kind, from, to }: Naming,
): { xml: string; places: NamingPlace[] } {
  const key = Object.hasOwn(headers, kind) ? headers[kind as keyof typeof headers] : undefined;
  const naming = new Map(
    readProcesses(xml)
      .flatMap(({ elements }) => elements)
      .filter(({ references }) => references.includes(`${kind}/${from}`))
      .map((element) => [element.elementId, element]),
  );
  if (!key || naming.size === 0) return { xml, places: [] };
  // What is no element keeps its place, so that offsets are those of the file.
  const text = xml.replace(skipped, (part) => part.replace(/[^\n]/g, ' '));
  const places: NamingPlace[] = [];
  const open: { name: string; id: string | undefined }[] = [];
  let changed = '';
  let at = 0;
  for (const found of text.matchAll(tag)) {
    const [whole, closing, name = '', rest = ''] = found;
    if (closing) {
      const last = open.findLastIndex((element) => element.name === name);
      if (last >= 0) open.splice(last);
      continue;
    }
    const owner = open.findLast(({ id }) => id !== undefined)?.id ?? '';
    const element = naming.get(owner);
    if (element && /(?:^|:)header$/.test(name) && attribute(rest, 'key')?.value === key) {
      const value = attribute(rest, 'value');
      const version = value && /^(\s*)([^@]*?)(\s*(?:@.*)?)$/s.exec(value.value);
      if (value && version?.[2] === from) {
        const start = found.index + 1 + name.length + value.from;
        places.push({
          path: ['xml'],
          elementId: element.elementId,
          ...(element.elementName && { elementName: element.elementName }),
          ...lineAt(xml, found.index),
        });
        changed += `${xml.slice(at, start)}${version[1]}${to}${version[3]}`;
        at = start + value.value.length;
      }
    }
    if (!whole.endsWith('/>')) open.push({ name, id: attribute(rest, 'id')?.value });
  }
  return { xml: changed + xml.slice(at), places };
}

/** @returns the value as it stands, and where it begins in `text`. */
function attribute(text: string, name: string): { value: string; from: number } | undefined {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(text);
  if (!found) return undefined;
  const value = found[1] ?? found[2] ?? '';
  return { value, from: found.index + found[0].length - 1 - value.length };
}
