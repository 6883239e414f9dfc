import type { AgentRun, AgentRunResult } from '../runner.ts';
import type { LinkMessage } from './link.ts';

/** What a thread of agents is told. `run` numbers a run within the product. */
export type ToThread =
  /** @param ports what the run asks of the world, lent by its link */
  | { do: 'begin'; run: number; what: AgentRun; hears: boolean; ports: unknown }
  | { do: 'cancel'; run: number }
  | { do: 'link'; run: number; message: LinkMessage }
  | { do: 'ping' };

/** What it tells. */
export type FromThread =
  | { did: 'link'; run: number; message: LinkMessage }
  | { did: 'end'; run: number; result: AgentRunResult }
  /** A bug: the run threw. */
  | { did: 'throw'; run: number; name: string; message: string }
  /** It answers, and its heap takes so many bytes. */
  | { did: 'pong'; heap: number };

/** A place where runs go on. Twins: a thread of its own, and the calling thread. */
export interface AgentThread {
  post(message: ToThread): void;
  /** The run that computes, or did last; 0 before any. True even of a thread that never answers again. */
  atWork(): number;
  /** Ends it, whatever it does. */
  end(): Promise<void>;
}

/** Why a thread ended by itself. */
export interface ThreadEnd {
  code: 'AGENT_CRASHED' | 'AGENT_MEMORY';
  message: string;
}

export type StartAgentThread = (
  heard: (message: FromThread) => void,
  gone: (end: ThreadEnd) => void,
) => AgentThread;
