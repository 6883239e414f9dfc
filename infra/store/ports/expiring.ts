/** Short-lived documents of the embedded OIDC provider (sessions, grants, codes): the panva `Adapter` contract in our words. */
export interface ExpiringStore {
  put(
    model: string,
    id: string,
    payload: unknown,
    expiresAt: Date | undefined,
    keys: { grantId?: string; uid?: string; userCode?: string; accountId?: string },
  ): Promise<void>;
  get(model: string, id: string): Promise<unknown>;
  findBy(model: string, field: 'uid' | 'userCode', value: string): Promise<unknown>;
  remove(model: string, id: string): Promise<void>;
  removeByGrant(grantId: string): Promise<void>;
  /** All that was kept for a user. */
  removeByAccount(accountId: string): Promise<void>;
}
