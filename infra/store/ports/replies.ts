export interface TakenReply {
  /** What was asked: the same key with another one is not the same request. */
  fingerprint: string;
  /** Of who answers it first. */
  owner: string;
  /** Until then the owner is believed to be at work. */
  leaseUntil: Date;
  expiresAt: Date;
}

/** Answers kept to be given again to who asks again. */
export interface ReplyStore {
  /** One atomic step: the key is taken for the owner, or it is taken already and, once answered, has its reply. */
  take(
    tenantId: string,
    key: string,
    taken: TakenReply,
  ): Promise<{ taken: true } | { taken: false; fingerprint: string; reply: unknown }>;
  /** Keeps the answer, if the key is still the owner's. */
  keep(tenantId: string, key: string, owner: string, reply: unknown): Promise<void>;
  /** As if never taken, if the key is still the owner's and not answered. */
  release(tenantId: string, key: string, owner: string): Promise<void>;
}
