import type { Result } from '@baton/engine/protocol';

/** What changed, told to every gateway process so that nothing it keeps in memory outlives the change. */
export interface Notice {
  kind:
    | 'tenant'
    | 'member'
    | 'roles'
    | 'apiKey'
    | 'session'
    | 'limits'
    /** Whether it is stopped has changed. */
    | 'agentStop'
    /** Its runs go on in another thread. */
    | 'agentRestart'
    | 'question'
    | 'tool'
    | 'mcpServer'
    | 'mcpLock';
  tenantId: string;
  /** What of that kind: a user, a key, a tool's name or `<server>.` for all of a server …; without it, all of the tenant. */
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

/** A log of what happened to one thing, such as a topic of a tenant: `acme/agents`. */
export interface EventStream {
  name: string;
  /**
   * Told by every process that sees it happen (each with the same `Telling`), not by the one that did it. What happened
   * while no process was there was told by nobody, so nobody resumes across that.
   */
  observed?: boolean;
}

export interface LoggedEvent {
  /** Rises within the stream, over restarts too; µs since 1970 or one more than the event before. */
  id: number;
  data: string;
}

/** What several processes tell: of one name, only what has a higher order than what was told before is heard. */
export interface Telling {
  name: string;
  /** Below 2^53. */
  order: number;
}

export interface Follower {
  /** Called once, unless `lost` is: every event after this id is heard. */
  begun(id: number): void;
  /** Each event once, in the order of ids, which is the same for everybody. */
  heard(event: LoggedEvent): void;
  /** Events were missed, or `after` is not known (any more): read the state anew; what comes after this id is heard. */
  lost(id: number): void;
}

export interface Events {
  /**
   * Appends, and tells every follower in every process. Neither waits nor fails: when the event cannot be logged, the
   * followers are told `lost` as soon as they are reached. Nothing is kept of a stream that nobody follows.
   * @param telling of the newest 2,000 names of a stream it is known what was told
   */
  publish(stream: EventStream, data: string, telling?: Telling): void;
  /**
   * From the end, or from behind the event `after`. Calls may come before this returns. The stream is kept for two minutes
   * after its last follower left: the newest 1,000 events, 4 MB at most.
   * @returns the end of it
   */
  follow(stream: EventStream, after: number | undefined, follower: Follower): () => void;
  /** Whether anybody follows it, or did two minutes ago, as far as this process has heard. */
  isFollowed(stream: EventStream): boolean;
}

/** What several gateway processes share besides documents. */
export interface Coordination {
  notices: Notices;
  windows: Windows;
  events: Events;
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
