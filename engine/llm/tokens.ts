/** About four characters a token, as English text averages. */
export function tokensIn(characters: number): number {
  return Math.ceil(characters / 4);
}
