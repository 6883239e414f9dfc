/** `_id` made of what identifies a document: two writers of one thing meet at one `_id`. */
export function naturalId(...parts: readonly (string | number)[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/');
}
