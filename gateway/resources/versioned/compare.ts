import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import microdiff, { type Difference as Found } from 'microdiff';
import type { Difference } from '../../api/index.ts';

/** Changes told; a document of which everything differs would be told twice over otherwise. */
const mostChanges = 5_000;
/** Values in a document, objects and lists included, up to which each is compared; beyond, the topmost members are. */
const mostValues = 100_000;
/** Characters of JSON of a value told with a change; both contents are in the answer anyway. */
const longestValue = 20_000;
/** Lines of a text up to which the shortest patch is looked for. */
const mostLines = 60_000;
/** Lines added and removed up to which it is looked for: its cost goes with their square. */
const mostEdits = 500;
/** Lines of a hunk that is not the shortest: nobody reads more, and both contents are in the answer. */
const longestHunk = 20_000;
/** Lines around a change. */
const context = 3;

/** What differs between two contents, as JSON pointers; of very large ones, which of their topmost members. */
export function differences(before: object, after: object): { changes: Difference[]; complete: boolean } {
  const few = valuesIn(before) + valuesIn(after) <= mostValues;
  const found = few
    ? microdiff(before as Record<string, unknown>, after as Record<string, unknown>, { cyclesFix: false })
    : topmost(new Map(Object.entries(before)), new Map(Object.entries(after)));
  return {
    changes: found.slice(0, mostChanges).map(told),
    complete: found.length === 0 || (few && found.length <= mostChanges),
  };
}

/** Counted until it is too many. */
function valuesIn(document: object): number {
  const open: unknown[] = [document];
  let count = 0;
  while (open.length > 0 && count <= mostValues) {
    count++;
    const value = open.pop();
    if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) open.push(each);
  }
  return count;
}

function topmost(before: Map<string, unknown>, after: Map<string, unknown>): Found[] {
  const same = (name: string) => JSON.stringify(before.get(name)) === JSON.stringify(after.get(name));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): Found[] => {
    const path = [name];
    if (!before.has(name)) return [{ type: 'CREATE', path, value: after.get(name) }];
    if (!after.has(name)) return [{ type: 'REMOVE', path, oldValue: before.get(name) }];
    return same(name) ? [] : [{ type: 'CHANGE', path, oldValue: before.get(name), value: after.get(name) }];
  });
}

/** RFC 6901. */
const pointerPart = (part: string | number) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`;

function told(found: Found): Difference {
  const path = found.path.map(pointerPart).join('');
  if (found.type === 'CREATE') return { path, kind: 'added', ...shown('after', found.value) };
  if (found.type === 'REMOVE') return { path, kind: 'removed', ...shown('before', found.oldValue) };
  return { path, kind: 'changed', ...shown('before', found.oldValue), ...shown('after', found.value) };
}

const shown = (side: 'before' | 'after', value: unknown) =>
  JSON.stringify(value).length > longestValue ? {} : { [side]: value };

interface Text {
  name: string;
  /** Ends with a line break, or is empty. */
  text: string;
}

/**
 * Unified patch from one text to another, '' for none. Where they differ in too many lines, all between the first and the
 * last of them is one hunk: a patch that applies all the same, in time that goes with the size alone. Of more lines than
 * anybody reads there is none.
 */
export function patchOf(before: Text, after: Text): { text: string; complete: boolean } {
  if (before.text === after.text) return { text: '', complete: true };
  const lines = [linesOf(before.text), linesOf(after.text)] as const;
  const few = lines.every(({ length }) => length <= mostLines);
  const fine =
    few &&
    structuredPatch(before.name, after.name, before.text, after.text, undefined, undefined, {
      context,
      maxEditLength: mostEdits,
    });
  const hunk = fine ? undefined : coarseHunk(...lines);
  if (hunk && hunk.lines.length > longestHunk) return { text: '', complete: false };
  const patch = {
    oldFileName: before.name,
    newFileName: after.name,
    oldHeader: undefined,
    newHeader: undefined,
    hunks: fine ? fine.hunks : hunk ? [hunk] : [],
  };
  return { text: formatPatch(patch, FILE_HEADERS_ONLY), complete: Boolean(fine) };
}

const linesOf = (text: string) => text.split('\n').slice(0, -1);

function coarseHunk(before: string[], after: string[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const from = Math.max(0, start - context);
  const behind = Math.min(end, context);
  const part = (lines: string[], first: number, last: number, mark: string) =>
    lines.slice(first, last).map((line) => mark + line);
  return {
    oldStart: from + 1,
    newStart: from + 1,
    oldLines: before.length - end + behind - from,
    newLines: after.length - end + behind - from,
    lines: [
      ...part(before, from, start, ' '),
      ...part(before, start, before.length - end, '-'),
      ...part(after, start, after.length - end, '+'),
      ...part(before, before.length - end, before.length - end + behind, ' '),
    ],
  };
}
