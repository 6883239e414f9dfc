/** One conversation with one agent; nobody else's run ever sees it. */
export interface ConversationKey {
  tenantId: string;
  agentId: string;
  id: string;
}

/** What is remembered of a run: what was asked and what was answered, as the guardrails let it pass. */
export interface ConversationMessage {
  role: 'user' | 'assistant';
  text: string;
}

/** Where conversations are remembered. Times are epoch ms. */
export interface ConversationStore {
  /**
   * What was said, oldest first, for one run alone until `until`. `undefined` while another run has it; the same owner may
   * take it again, after a crash.
   */
  take(
    key: ConversationKey,
    owner: string,
    now: number,
    until: number,
  ): Promise<ConversationMessage[] | undefined>;
  /** Remembers all of it until `expiresAt`, and lets it go. Nothing when the owner has it no more. */
  keep(
    key: ConversationKey,
    owner: string,
    messages: readonly ConversationMessage[],
    expiresAt: number,
  ): Promise<void>;
  /** Lets it go as it was. */
  release(key: ConversationKey, owner: string): Promise<void>;
}
