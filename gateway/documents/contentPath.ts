import type { JsonValue } from '../api/common.ts';

/** Names of members and numbers of items, outermost first. */
export type ContentPath = readonly string[];

/** Where a value stands in a text; all 1-based. A member's place begins at its name. */
export interface TextPlace {
  line: number;
  column: number;
  endLine: number;
}

/** A JSON Pointer: `/limits/maxTokens`. */
export function pathKey(path: ContentPath): string {
  return path.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The place of a value, or of the nearest one around it that stands in the text. */
export function placeAt(places: ReadonlyMap<string, TextPlace>, path: ContentPath): TextPlace | undefined {
  for (let end = path.length; end > 0; end--) {
    const place = places.get(pathKey(path.slice(0, end)));
    if (place) return place;
  }
  return undefined;
}

export function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(content: JsonValue, path: ContentPath): JsonValue | undefined {
  let value: JsonValue | undefined = content;
  for (const step of path) {
    if (Array.isArray(value)) value = value[Number(step)];
    else if (isObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

/** Problems at a field: at its value or inside it. */
export function problemsAt<P extends { path: ContentPath }>(
  problems: readonly P[],
  path: ContentPath,
): readonly P[] {
  const key = pathKey(path);
  return problems.filter((problem) => `${pathKey(problem.path)}/`.startsWith(`${key}/`));
}
