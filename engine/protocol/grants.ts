/** What somebody gave one run of an agent beyond its limits, after it had reached one. */
export interface BudgetGrant {
  id: string;
  tenantId: string;
  /** Whose limits it raises. */
  elementInstanceKey: string;
  modelCalls: number;
  toolCalls: number;
  tokens: number;
  /** US dollars. */
  cost: number;
  /** ms. */
  duration: number;
  /** Name of who gave it. */
  by: string;
  /** epoch ms. */
  at: number;
}

/** Grants are only ever added. */
export interface GrantStore {
  /** The same id again changes nothing. */
  add(grant: BudgetGrant): Promise<void>;
  /** Oldest first. */
  ofElement(tenantId: string, elementInstanceKey: string): Promise<BudgetGrant[]>;
}
