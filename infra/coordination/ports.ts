import type { Result } from '@baton/engine/protocol';

/** What changed, told to every gateway process so that nothing it keeps in memory outlives the change. */
export interface Notice {
  kind: 'tenant' | 'member' | 'roles' | 'apiKey' | 'session' | 'limits';
  tenantId: string;
  /** What of that kind: a user, a key …; without it, all of the tenant. */
  id?: string;
}

export interface Notices {
  /**
   * Resolves when every process that is reached has been sent it; this process hears it before. What cannot be sent
   * is sent when the service is back.
   */
  publish(notice: Notice): Promise<void>;
  /** @param lost called when notices may have been missed: forget everything. */
  subscribe(heard: (notice: Notice) => void, lost: () => void): () => void;
}

/** One exact sliding window: at most `limit` takes in any `span`. */
export interface Window {
  /** What is counted, with its tenant: `acme/key/4f…/write`. */
  key: string;
  limit: number;
  /** ms. */
  span: number;
}

export interface Taken {
  allowed: boolean;
  /** Of the window with the least left; of the one that opens last when refused. */
  limit: number;
  remaining: number;
  /** ms until one more is allowed; 0 when `remaining` > 0. */
  retryAfter: number;
  /** ms until the window is as if never used. */
  reset: number;
}

export interface Windows {
  /**
   * Takes one of each window, or of none: one atomic step for all processes. What is refused counts for nothing.
   * Fails when the service cannot be asked; then nobody is to be let through.
   * @param windows with different keys
   */
  take(windows: readonly Window[]): Promise<Result<Taken, { code: 'UNAVAILABLE'; message: string }>>;
}

/** What several gateway processes share besides documents. */
export interface Coordination {
  notices: Notices;
  windows: Windows;
  /** Rejects while the service cannot be used. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface CoordinationOptions {
  /** Real Redis; `undefined` = embedded, for one process. */
  redisUrl: string | undefined;
  /** epoch ms; Redis has its own clock. */
  now(): number;
  /** Calls after `delay` ms; answers the cancellation. */
  after(delay: number, call: () => void): () => void;
  /** A name nobody else has, by which this process knows its own notices. */
  newId(): string;
  /** Told when the service is lost and when it is back. */
  report?(state: 'lost' | 'back', message: string): void;
}
