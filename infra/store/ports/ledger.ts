import type { Result } from '@baton/engine/protocol';

/** Numbers by account. An account's name has neither a dot nor a dollar. */
export type Amounts = { readonly [account: string]: number };

export interface Ledger {
  /** Rises with every change. */
  revision: number;
  accounts: ReadonlyMap<string, { used: number; reserved: number }>;
  /** Accounts somebody was warned about. */
  warned: readonly string[];
  /** Reservations of runs that nobody has settled yet, ended ones too. */
  runs: readonly RunReservation[];
}

/** Whose record says what was used, should nobody settle it: a reservation of a run outlives its time until it is settled. */
export interface LedgerRun {
  key: string;
  /** What of the run's record is counted already. */
  counted: Amounts;
}

export interface RunReservation {
  id: string;
  run: LedgerRun;
  until: Date;
  amounts: Amounts;
  /** Its record was looked at after its time. */
  looked: boolean;
}

/** What tenants use up. Each call is one conditional update of one document: exact for all processes. */
export interface LedgerStore {
  /** Without what was reserved and has ended. */
  get(tenantId: string): Promise<Ledger>;
  /** All amounts or none: refused when used, reserved and the amount together would pass an account's cap. */
  reserve(
    tenantId: string,
    reservation: { id: string; until: Date; amounts: Amounts; run?: LedgerRun | undefined },
    caps: Amounts,
  ): Promise<Result<Ledger, { code: 'EXCEEDED'; account: string; used: number; reserved: number }>>;
  /** Replaces what is reserved under `id` (`amounts`) by what was used; what has ended meanwhile is counted all the same. */
  settle(tenantId: string, id: string, amounts: Amounts, used: Amounts): Promise<Ledger>;
  /**
   * As `settle`, for one of all who ask: `undefined` = it has ended, or more of it is counted than they know; nothing is done.
   * @param counted with it, the reservation does not end: so much of the record is counted now, and nothing reserved any more
   */
  settleRun(
    tenantId: string,
    reservation: Pick<RunReservation, 'id' | 'amounts' | 'run'>,
    used: Amounts,
    counted?: Amounts,
  ): Promise<Ledger | undefined>;
  /** Counts what was used; less than nothing gives back. */
  add(tenantId: string, used: Amounts): Promise<Ledger>;
  /** Sets what was counted elsewhere, and forgets accounts: only if nothing changed since `revision`. */
  correct(
    tenantId: string,
    revision: number,
    counted: Amounts,
    forgotten: readonly string[],
  ): Promise<boolean>;
  /** Whether the caller is the first to warn about the account. */
  warn(tenantId: string, account: string): Promise<boolean>;
  unwarn(tenantId: string, account: string): Promise<void>;
}
