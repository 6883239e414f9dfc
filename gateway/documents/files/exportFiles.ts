import { z } from 'zod';
import type { DocumentFile, DocumentKind } from '../../api/resources/documents.ts';
import { type Codec, codecs } from './codecs.ts';
import { fileBase, fileKey, nameMark } from './fileNames.ts';

/** A document as it goes into files. */
export interface WrittenDocument {
  kind: DocumentKind;
  name: string;
  content: unknown;
}

/** Where a folder says that it is ours, and which document has a name that its file cannot have. */
export const manifestPath = 'baton.json';
export const manifest = z.object({
  format: z.literal('baton'),
  formatVersion: z.literal(1),
  /** By path. */
  names: z.record(z.string(), z.string()).default({}),
});

const inOrder = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Files of a folder, by path: the same documents give the same bytes, in whatever order they come. */
export function exportFiles(documents: readonly WrittenDocument[]): DocumentFile[] {
  const sorted = documents.toSorted((a, b) => inOrder(a.kind, b.kind) || inOrder(a.name, b.name));
  const taken = new Set<string>();
  const names: [string, string][] = [];
  const files = sorted.flatMap(({ kind, name, content }) => {
    const codec: Codec = codecs[kind];
    const base = freeBase(codec, name, taken);
    if (base !== name) names.push([pathOf(codec, base), name]);
    return Object.entries(codec.write(canonical(codec, content) as never)).map(([ending, text]) => ({
      path: `${codec.folder}/${base}${ending}`,
      text: text.replace(/\r\n?/g, '\n'),
    }));
  });
  const sortedNames = Object.fromEntries(names.sort(([a], [b]) => inOrder(a, b)));
  const about = { format: 'baton', formatVersion: 1, names: sortedNames };
  return [{ path: manifestPath, text: `${JSON.stringify(about, undefined, 2)}\n` }, ...files].sort((a, b) =>
    inOrder(a.path, b.path),
  );
}

const pathOf = ({ folder, endings }: Codec, base: string) => `${folder}/${base}${endings[0]}`;

/** A base whose files nobody has, on any system. */
function freeBase(codec: Codec, name: string, taken: Set<string>): string {
  const wanted = fileBase(name);
  const marked = `${wanted}~${nameMark(name)}`;
  for (let count = 0; ; count++) {
    const base = count === 0 ? wanted : count === 1 ? marked : `${marked}-${count}`;
    const keys = codec.endings.map((ending) => fileKey(`${codec.folder}/${base}${ending}`));
    if (keys.some((key) => taken.has(key))) continue;
    for (const key of keys) taken.add(key);
    return base;
  }
}

/** With all defaults and its known members in their order; as it is, if it is older than its schema. */
export function canonical({ schema }: Codec, content: unknown): unknown {
  const read = schema.safeParse(content);
  return read.success ? read.data : content;
}
