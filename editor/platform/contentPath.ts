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
