/** Bytes of an id, and of what is asked of the source of chance at once. */
const size = 12;
const portion = 256 * size;

/** Ids nobody guesses: 96 bits as hex. Asking for chance costs more than using it, so it is asked for in portions. */
export function idsFrom(randomBytes: (size: number) => Uint8Array): () => string {
  let bytes = Buffer.alloc(0);
  let used = 0;
  return () => {
    if (used + size > bytes.length) {
      bytes = Buffer.from(randomBytes(portion));
      used = 0;
    }
    used += size;
    return bytes.toString('hex', used - size, used);
  };
}
