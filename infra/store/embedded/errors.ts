/** MongoDB's error codes this server answers with; drivers and mongoose decide by the number. */
export const errorCodes = {
  InternalError: 1,
  BadValue: 2,
  FailedToParse: 9,
  TypeMismatch: 14,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  CursorNotFound: 43,
  NamespaceExists: 48,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
} as const;
export type ErrorName = keyof typeof errorCodes;

/** A command refused: answered to the client, never a fault of the server. */
export class CommandRefusal extends Error {
  readonly codeName: ErrorName;
  readonly code: number;
  readonly data: Record<string, unknown>;

  constructor(codeName: ErrorName, message: string, data: Record<string, unknown> = {}) {
    super(message);
    this.name = 'CommandRefusal';
    this.codeName = codeName;
    this.code = errorCodes[codeName];
    this.data = data;
  }
}
