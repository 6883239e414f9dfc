/** Why the broker cannot start, or cannot go on. Expected refusals of commands are `Rejection` values, not these. */
export type BrokerErrorCode =
  | 'LOG_CORRUPTED'
  | 'LOG_WRITE_FAILED'
  | 'LOG_STATE_GAP'
  | 'DATA_DIRECTORY_LOCKED'
  | 'STATE_KEY_TOO_LONG'
  | 'STATE_WRITE_FAILED'
  | 'BROKER_CLOSED';

export class BrokerError extends Error {
  override readonly name: string = 'BrokerError';
  readonly code: BrokerErrorCode;
  readonly data: { readonly [name: string]: string | number };

  constructor(
    code: BrokerErrorCode,
    message: string,
    data: { readonly [name: string]: string | number } = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.data = data;
  }
}

/** Bytes of the log that cannot be what the broker wrote: never repaired silently. */
export class LogCorruptedError extends BrokerError {
  override readonly name = 'LogCorruptedError';

  constructor(file: string, offset: number, found: string) {
    super(
      'LOG_CORRUPTED',
      `Expected intact records in '${file}', but at byte ${offset} ${found}. ` +
        'Restore the data directory from a backup. Only if none exists: keep a copy of the directory, cut this file to ' +
        `${offset} bytes (truncate -s ${offset}), delete the segments after it and the 'state' folder, and start again; ` +
        'everything recorded from there on is lost.',
      { file, offset },
    );
  }
}
