/** What ended a connection, or made an answer of no use; in words for people. */
export interface McpFault {
  kind: 'tooLarge' | 'flood' | 'dropped' | 'ended' | 'silent';
  /** "Expected …, but …". */
  message: string;
}

export class McpFaulted extends Error {
  readonly fault: McpFault;
  constructor(fault: McpFault) {
    super(fault.message);
    this.name = 'McpFaulted';
    this.fault = fault;
  }
}

/** The fault behind an error: libraries wrap what they were given. */
export function faultOf(error: unknown): McpFault | undefined {
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if (inner instanceof McpFaulted) return inner.fault;
  }
  return undefined;
}
