/**
 * Items in the order in which a Java `HashMap` with these keys gives them. Where the real broker goes through such a map, the order
 * shows in its records and keys.
 */
export function inHashOrder<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  let buckets = 16;
  while (items.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (item: T) => {
    let hash = 0;
    for (const unit of keyOf(item).split('')) hash = (Math.imul(hash, 31) + unit.charCodeAt(0)) | 0;
    return (hash ^ (hash >>> 16)) & (buckets - 1);
  };
  return items
    .map((item) => ({ item, bucket: bucketOf(item) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ item }) => item);
}
