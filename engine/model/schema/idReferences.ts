/** References to ids, of which the real broker names only one that is missing: the first in the order of its hash table. */
export interface IdReferences {
  add(id: string): void;
  /** The first reference that names none of these. */
  without(ids: ReadonlySet<string>): string | undefined;
}

const SMALLEST_TABLE = 16;
const FULL = 0.75;

export function idReferences(): IdReferences {
  const references = new Set<string>();
  return {
    add: (id) => void references.add(id),
    without(ids) {
      const missing = [...references].filter((id) => !ids.has(id));
      if (missing.length < 2) return missing[0];
      let size = SMALLEST_TABLE;
      while (missing.length > size * FULL) size *= 2;
      const bucket = (id: string) => (hash(id) ^ (hash(id) >>> 16)) & (size - 1);
      return missing.toSorted((a, b) => bucket(a) - bucket(b))[0];
    },
  };
}

function hash(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum = (Math.imul(sum, 31) + text.charCodeAt(index)) | 0;
  return sum;
}
