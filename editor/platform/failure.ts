/** An expected failure as the user meets it: a stable code and a sentence "Expected …, but …". */
export interface Failure {
  code: string;
  message: string;
  details?: unknown;
  /** Id of the request that failed, for support; shown with a copy button. */
  requestId?: string;
}
