import type { IsolateEnd, IsolateJob } from './isolate.ts';
import type { HostCall, HostReply } from './runner.ts';

/** What a thread is told. It works on one `begin` or `answer` at a time, and tells when it is done with it. */
export type ToThread =
  | { do: 'begin'; id: number; job: IsolateJob }
  | { do: 'answer'; id: number; reply: HostReply }
  /** The call is over, whatever it still does. */
  | { do: 'drop'; id: number };

export interface SliceDone {
  id: number;
  asks: HostCall[];
  end?: IsolateEnd;
  logs: string[];
  /** Bytes the thread's isolates have taken; they never give any back. */
  heap: number;
  /** Its isolate could not be cleared away: nothing in the thread may be used any more. */
  broken?: true;
}

/** A place where isolates compute, one slice at a time. Twins: a thread of its own, and the calling thread. */
export interface SandboxThread {
  post(message: ToThread): void;
  end(): Promise<void>;
}

/**
 * @param done a slice is over
 * @param gone the thread ended by itself, with everything in it
 */
export type StartThread = (done: (slice: SliceDone) => void, gone: (why: string) => void) => SandboxThread;
