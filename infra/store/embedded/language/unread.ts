import type { Document } from 'bson';
import { isDocument } from './paths.ts';

/** Fields that an answer leaves out and no condition or order asks for: they need not be decoded. */
export function unreadFields(
  projection: Document | undefined,
  filter: Document,
  sort: Document = {},
): ReadonlySet<string> {
  const left = Object.entries(projection ?? {});
  const excluding = left.every(([, wanted]) => wanted === 0 || wanted === false);
  const asked = excluding ? rootsOf(filter) : undefined;
  if (!asked) return new Set();
  for (const path of Object.keys(sort)) asked.add(rootOf(path));
  return new Set(
    left.map(([path]) => path).filter((path) => path !== '_id' && !path.includes('.') && !asked.has(path)),
  );
}

const rootOf = (path: string) => path.split('.', 1)[0]!;

/** Fields that a filter looks at; `undefined` when it may look at any (`$where`, `$expr`). */
function rootsOf(filter: Document): Set<string> | undefined {
  const roots = new Set<string>();
  for (const [path, condition] of Object.entries(filter)) {
    if (!path.startsWith('$')) roots.add(rootOf(path));
    else if (!['$and', '$or', '$nor'].includes(path) || !Array.isArray(condition)) return undefined;
    else {
      for (const part of condition) {
        const found = isDocument(part) ? rootsOf(part) : undefined;
        if (!found) return undefined;
        for (const root of found) roots.add(root);
      }
    }
  }
  return roots;
}

/** Bytes of a value by its type in BSON; those that begin with their length are measured by it. */
const fixed: { readonly [type: number]: number } = {
  1: 8,
  6: 0,
  7: 12,
  8: 1,
  9: 8,
  10: 0,
  16: 4,
  17: 8,
  18: 8,
  19: 16,
};
/** What comes on top of the length that such a value begins with. */
const measured: { readonly [type: number]: number } = { 2: 4, 3: 0, 4: 0, 5: 5, 13: 4, 14: 4, 15: 0 };

/** A copy of a BSON document without these of its fields; with them when it has a type that is not measured here. */
export function withoutFields(bytes: Buffer, fields: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = [];
  let keptFrom = 4;
  let at = 4;
  const end = bytes.readInt32LE(0) - 1;
  while (at < end) {
    const type = bytes[at]!;
    const nameEnd = bytes.indexOf(0, at + 1);
    const value = nameEnd + 1;
    const more = measured[type];
    const size = more === undefined ? fixed[type] : bytes.readInt32LE(value) + more;
    if (size === undefined) return Buffer.from(bytes);
    if (fields.has(bytes.toString('utf8', at + 1, nameEnd))) {
      kept.push(bytes.subarray(keptFrom, at));
      keptFrom = value + size;
    }
    at = value + size;
  }
  const body = Buffer.concat([bytes.subarray(0, 4), ...kept, bytes.subarray(keptFrom, end + 1)]);
  body.writeInt32LE(body.length, 0);
  return body;
}
