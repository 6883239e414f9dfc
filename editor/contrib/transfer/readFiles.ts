import { failed, ok, type Result } from '@baton/engine/protocol';
import type { DocumentFile } from '@baton/gateway/api';

/** What is taken in at once: more is refused in words before it is read. */
export const most = { files: 2_000, entries: 10_000, bytes: 10_000_000 };

/** A file of the desktop with its way from the folder that was chosen. */
export interface ChosenFile {
  path: string;
  size: number;
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
}

const megabytes = (bytes: number) => `${Math.round(bytes / 100_000) / 10} MB`;
const tooMany = (count: number, limit: number) =>
  `Expected at most ${limit} files, but there are ${count}. Import them in parts.`;
const tooLarge = (bytes: number) =>
  `Expected files of ${megabytes(most.bytes)} at most in all, but they have ${megabytes(bytes)}.`;

/** Texts of the files, of archives what is in them; or why they are not taken. */
export async function readFiles(chosen: readonly ChosenFile[]): Promise<Result<DocumentFile[], string>> {
  if (chosen.length > most.files) return failed(tooMany(chosen.length, most.files));
  const size = chosen.reduce((sum, file) => sum + file.size, 0);
  if (size > most.bytes) return failed(tooLarge(size));
  const files: DocumentFile[] = [];
  let bytes = 0;
  for (const file of chosen) {
    const content = await file.bytes();
    const found = /\.zip$/i.test(file.path)
      ? await unzipped(file.path, content)
      : ok([[file.path, content]] as const);
    if (!found.ok) return found;
    for (const [path, part] of found.value) {
      bytes += part.length;
      if (bytes > most.bytes) return failed(tooLarge(bytes));
      const text = textOf(part);
      if (text === undefined) return failed(`Expected ${path} to be a text, but it is something else.`);
      files.push({ path, text });
    }
  }
  if (files.length > most.files) return failed(tooMany(files.length, most.files));
  return files.length > 0 ? ok(files) : failed('Expected files, but there are none in it.');
}

/** Files of an archive whose names and sizes were looked at before any of them was unpacked. */
async function unzipped(
  name: string,
  archive: Uint8Array<ArrayBuffer>,
): Promise<Result<(readonly [string, Uint8Array])[], string>> {
  const { unzipSync } = await import('fflate');
  let entries = 0;
  let bytes = 0;
  try {
    const found = unzipSync(archive, {
      filter({ name: path, originalSize }) {
        entries++;
        if (path.endsWith('/') || byTheWay.test(path)) return false;
        bytes += originalSize;
        if (entries > most.entries) throw new Refused(tooMany(entries, most.entries));
        if (bytes > most.bytes) throw new Refused(tooLarge(bytes));
        return true;
      },
    });
    return ok(Object.entries(found));
  } catch (error) {
    if (error instanceof Refused) return failed(error.message);
    return failed(`Expected ${name} to be a zip archive, but it cannot be read.`);
  }
}

class Refused extends Error {}
/** What systems leave behind is no text and nobody's document. */
const byTheWay = /(?:^|\/)(?:\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Files below what was dropped, folders and all; what systems leave behind stays out. */
export async function droppedFiles(transfer: DataTransfer): Promise<ChosenFile[]> {
  // Entries are gone once the event is over.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const found: ChosenFile[] = [];
  const open: FileSystemEntry[] = [...entries];
  while (open.length > 0 && found.length <= most.files) {
    const entry = open.shift()!;
    if (byTheWay.test(entry.name)) continue;
    if (entry.isDirectory) open.push(...(await entriesIn(entry as FileSystemDirectoryEntry)));
    else {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      );
      found.push(chosenFile(file, entry.fullPath.replace(/^\//, '')));
    }
  }
  return found;
}

async function entriesIn(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || all.length > most.entries) return all;
    all.push(...some);
  }
}

export function chosenFile(file: File, path = file.webkitRelativePath || file.name): ChosenFile {
  return { path, size: file.size, bytes: async () => new Uint8Array(await file.arrayBuffer()) };
}
