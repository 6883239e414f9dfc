/** Lines of a call's log, and characters of a line; what is more is not kept. */
export const LOG_LINES = 200;
export const LOG_LINE_LENGTH = 2_000;
/** Characters of JSON that a tool may answer. */
export const OUTPUT_LENGTH = 2_000_000;
/** Characters of JSON that a host call may carry. */
export const ARGUMENTS_LENGTH = 2_000_000;
/** Host calls at once, and in one call of a tool. */
export const CALLS_AT_ONCE = 32;
export const CALLS_IN_ALL = 500;
/** Characters of a failure's message. */
export const MESSAGE_LENGTH = 2_000;
