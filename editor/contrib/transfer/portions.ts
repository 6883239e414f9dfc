import type { DocumentFile } from '@baton/gateway/api';

/** Characters of JSON sent at once: the gateway takes 4 MB. */
const portion = 3_000_000;

/** Files that belong together by their folder and base stay in one portion, as they come in order. */
export function portions(files: readonly DocumentFile[]): DocumentFile[][] {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  if (JSON.stringify(files).length <= portion) return [sorted];
  const manifest = sorted.filter(({ path }) => /(?:^|\/)baton\.json$/.test(path));
  const parts: DocumentFile[][] = [];
  let size = Number.POSITIVE_INFINITY;
  let base = '';
  for (const file of sorted.filter((each) => !manifest.includes(each))) {
    const length = JSON.stringify(file).length;
    const own = file.path.replace(/(?:\.tool\.(?:ts|json)|\.bpmn|\.start\.json)$/, '');
    if (size + length > portion && own !== base) {
      parts.push([...manifest]);
      size = 0;
    }
    parts.at(-1)!.push(file);
    size += length;
    base = own;
  }
  return parts;
}
