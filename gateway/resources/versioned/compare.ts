import { formatPatch, structuredPatch } from 'diff';
import microdiff, { type Difference as Found } from 'microdiff';
import type { Difference } from '../../api/index.ts';

/** Changes told; a document of which everything differs would be told twice over otherwise. */
const mostChanges = 5_000;
/** Characters of JSON of a value told with a change; both contents are in the answer anyway. */
const longestValue = 20_000;
/** Lines added and removed up to which the shortest patch is looked for: its cost goes with their square. */
const mostEdits = 1_000;
/** Lines around a change. */
const context = 3;

/** What differs between two contents, as JSON pointers. */
export function differences(before: object, after: object): { changes: Difference[]; complete: boolean } {
  const found = microdiff(before as Record<string, unknown>, after as Record<string, unknown>, {
    cyclesFix: false,
  });
  const changes = found.slice(0, mostChanges).map(told);
  return { changes, complete: found.length <= mostChanges };
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

/**
 * Unified patch from one text to another, '' for none. Where they differ in too many lines, all between the first and the
 * last of them is one hunk: a patch that applies all the same, in time that goes with the size alone.
 */
export function patchOf(
  before: { name: string; text: string },
  after: { name: string; text: string },
): { text: string; complete: boolean } {
  const fine = structuredPatch(before.name, after.name, before.text, after.text, undefined, undefined, {
    context,
    maxEditLength: mostEdits,
  });
  const hunks = fine?.hunks ?? [coarseHunk(linesOf(before.text), linesOf(after.text))];
  const text =
    hunks.length === 0
      ? ''
      : formatPatch({
          oldFileName: before.name,
          newFileName: after.name,
          oldHeader: undefined,
          newHeader: undefined,
          hunks,
        });
  return { text, complete: fine !== undefined };
}

/** Of a text that ends with a line break. */
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
