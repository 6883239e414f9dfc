/** Events in a row, each thrown by what the one before began; beyond, they are taken for a loop without end. */
export const MAX_THROW_DEPTH = 1_000;

/** Why `what` goes no further. */
export const endless = (what: string): string =>
  `Expected ${what} to be thrown in answer to fewer than ${MAX_THROW_DEPTH} events in a row, but it was thrown again and again without anything else happening in between. Most likely the handler of an event throws the same event. Cancel the process instance if so.`;
