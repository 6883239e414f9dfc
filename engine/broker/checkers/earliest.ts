/** Time of the first entry of an index that is ordered by time. */
export function earliest(entries: Iterable<{ at: number }>): number | undefined {
  for (const { at } of entries) return at;
  return undefined;
}
