/** True for the refusal of a unique index, from a driver's single write or a bulk of them. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 11000;
}
