/** Bytes of one message of a server. */
export const MESSAGE_BYTES = 8 * 1024 * 1024;
/** Messages a server may send at once, and for each second after that. */
export const MESSAGES_AT_ONCE = 2_000;
export const MESSAGES_A_SECOND = 200;
/** Messages of a connection that are kept to be looked at, and characters of one. */
export const KEPT_MESSAGES = 200;
export const KEPT_LENGTH = 16_000;
/** Characters of what a command wrote beside its messages. */
export const KEPT_ERRORS = 4_000;
/** Lists: pages, entries, and bytes of all their JSON: two of them are kept in one document. */
export const LIST_PAGES = 64;
export const LIST_ENTRIES = 1_000;
export const LIST_LENGTH = 4 * 1024 * 1024;

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
