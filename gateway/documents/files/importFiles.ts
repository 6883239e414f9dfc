import type { DocumentFile, DocumentKind } from '../../api/resources/documents.ts';
import { type Codec, codecs, kindOfFile, type Parts } from './codecs.ts';
import { manifest, manifestPath } from './exportFiles.ts';
import { isByTheWay, safePath } from './fileNames.ts';

/** Why a file cannot be read, with its place where there is one. */
export interface FileProblem {
  path: string;
  line?: number;
  column?: number;
  code: string;
  message: string;
}

/** What files say of one document. */
export interface ReadDocument {
  kind: DocumentKind;
  name: string;
  /** Of the file it is known by. */
  path: string;
  /** Fits the schema of its kind, unless there are problems. */
  content: unknown;
  problems: FileProblem[];
}

export interface ReadFiles {
  documents: ReadDocument[];
  /** Files that are no documents. */
  refused: FileProblem[];
  /** What systems leave behind, and our own manifest. */
  ignored: string[];
}

/** Files from anywhere: a folder of ours, one of Camunda's, or a single one. */
export function importFiles(files: readonly DocumentFile[]): ReadFiles {
  const found: ReadFiles = { documents: [], refused: [], ignored: [] };
  const groups = new Map<
    string,
    { kind: DocumentKind; base: string; path: string; parts: Parts; at: Parts }
  >();
  const names = namesIn(files, found);
  const seen = new Set<string>();
  for (const { path: given, text } of files) {
    const path = safePath(given);
    if (path === undefined) {
      const message = `Expected a path inside of the folder, but it is ${JSON.stringify(given)}`;
      found.refused.push({ path: given, code: 'PATH_INVALID', message });
      continue;
    }
    if (seen.has(path)) {
      const message = 'Expected each file once, but this one is there twice';
      found.refused.push({ path, code: 'DUPLICATE_NAME', message });
      continue;
    }
    seen.add(path);
    if (isByTheWay(path) || isManifest(path)) {
      found.ignored.push(path);
      continue;
    }
    const known = kindOfFile(path);
    if (!known) {
      found.refused.push({ path, code: 'FILE_UNKNOWN', message: unknownFile(path) });
      continue;
    }
    const { kind, base, ending } = known;
    const key = `${kind} ${path.slice(0, path.lastIndexOf('/') + 1)}${base}`;
    const group = groups.get(key) ?? { kind, base, path, parts: {}, at: {} };
    const main = codecs[kind].endings[0] === ending;
    groups.set(key, {
      ...group,
      path: main ? path : group.path,
      parts: { ...group.parts, [ending]: text },
      at: { ...group.at, [ending]: path },
    });
  }
  for (const { kind, base, path, parts, at } of groups.values()) {
    const codec: Codec = codecs[kind];
    if (parts[codec.endings[0]] === undefined) {
      const message = `Expected ${base}${codec.endings[0]} beside it, but there is none`;
      found.refused.push({ path, code: 'FILE_MISSING', message });
      continue;
    }
    const name = names(path) ?? base.normalize('NFC');
    found.documents.push({ kind, name, path, ...read(codec, name, path, parts, at) });
  }
  return found;
}

function read(codec: Codec, name: string, path: string, parts: Parts, at: Parts) {
  const problems: FileProblem[] = [];
  const named = codec.name.safeParse(name);
  for (const { message } of named.success ? [] : named.error.issues)
    problems.push({ path, code: 'NAME_INVALID', message: `${message}, but it is ${JSON.stringify(name)}` });
  const reading = codec.read(parts);
  if (!reading.ok) {
    const { ending, line, column, message } = reading.failure;
    problems.push({ path: at[ending] ?? path, line, column, code: 'FILE_UNREADABLE', message });
    return { content: undefined, problems };
  }
  const { value, placeOf } = reading.value;
  const parsed = codec.schema.safeParse(value);
  if (parsed.success) return { content: parsed.data, problems };
  for (const issue of parsed.error.issues) {
    const where = issue.path.map(String);
    const { ending, line, column } = placeOf(where);
    const message = where.length === 0 ? issue.message : `${where.join('.')}: ${issue.message}`;
    problems.push({ path: at[ending] ?? path, line, column, code: 'VALIDATION_FAILED', message });
  }
  return { content: undefined, problems };
}

const isManifest = (path: string) => path === manifestPath || path.endsWith(`/${manifestPath}`);

/** The names that the manifest nearest to the top says, by path beside it. */
function namesIn(files: readonly DocumentFile[], found: ReadFiles): (path: string) => string | undefined {
  const [first] = files
    .flatMap(({ path, text }) => {
      const safe = safePath(path);
      return safe !== undefined && isManifest(safe) && !isByTheWay(safe) ? [{ path: safe, text }] : [];
    })
    .sort((a, b) => a.path.length - b.path.length);
  if (!first) return () => undefined;
  let value: unknown;
  try {
    value = JSON.parse(first.text);
  } catch {
    value = undefined;
  }
  const read = manifest.safeParse(value);
  if (!read.success) {
    const message = 'Expected what an export wrote, but it is something else; files go by their own names';
    found.refused.push({ path: first.path, line: 1, column: 1, code: 'FILE_UNREADABLE', message });
    return () => undefined;
  }
  const folder = first.path.slice(0, -manifestPath.length);
  const names = new Map(Object.entries(read.data.names));
  return (path) => (path.startsWith(folder) ? names.get(path.slice(folder.length)) : undefined);
}

function unknownFile(path: string): string {
  const endings = Object.values(codecs).map(({ endings: [first] }) => first);
  return `Expected a file that ends with ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}, but it is ${JSON.stringify(path.slice(path.lastIndexOf('/') + 1))}`;
}
