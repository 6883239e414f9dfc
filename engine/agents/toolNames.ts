import { createHash } from 'node:crypto';

/** What every provider takes as the name of a tool. */
const SAFE = /^[A-Za-z0-9_-]{1,64}$/;
/** Stands for the dot between a source and its tool. */
const DOT = '__';
/** Characters of the original name that are kept beside its hash. */
const KEPT = 40;

/**
 * A model's name for a tool, the same wherever it is made: a name that is safe as it is, its parts joined by `__`, else what is
 * safe of it with its hash. Different tools have different ones.
 */
export function modelName(name: string): string {
  if (SAFE.test(name) && !name.includes(DOT)) return name;
  const joined = name.replaceAll('.', DOT);
  if (SAFE.test(joined) && joined.replaceAll(DOT, '.') === name) return joined;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 16);
  const safe = name
    .replace(/[^A-Za-z0-9-]+/g, '_')
    .slice(0, KEPT)
    .replace(/^_|_$/g, '');
  // Joined names have one pair of underscores for each dot: none is this but that of `safe..hash`.
  return `${safe}${DOT}${DOT}${hash}`;
}
