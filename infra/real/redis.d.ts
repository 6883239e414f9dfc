export interface RealRedis {
  url: string;
  /** Stops answering, as a machine that hangs, until `resume`. */
  pause(): void;
  resume(): void;
  /** Ends it at once; nothing is kept. */
  stop(): Promise<void>;
  /** The same address again, empty. */
  start(): Promise<void>;
}
/** Whether `redis-server` can be called. */
export declare function hasRedis(): boolean;
/** Starts a Redis on a free loopback port that keeps nothing on disk. */
export declare function startRealRedis(): Promise<RealRedis>;
