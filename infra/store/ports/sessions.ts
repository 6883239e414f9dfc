/** What of a user's sessions has ended, for whoever meets an access token of before. */
export interface SessionEnds {
  /** Every session that began up to then. */
  before: Date | undefined;
  /** Single ones, by the issuer's session id. */
  sessions: string[];
}

/** Whoever ends one publishes a `Notice` of kind `session` with the user's id. */
export interface SessionStore {
  /** Ends one session, or without `sessionId` all there are. Kept as long as any access token may live: a day. */
  end(tenantId: string, userId: string, ended: { at: Date; sessionId?: string }): Promise<void>;
  ends(tenantId: string, userId: string): Promise<SessionEnds>;
}
