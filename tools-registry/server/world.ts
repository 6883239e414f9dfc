import type { JsonValue, ToolAnswer, ToolCatalog, ToolInvoker, ToolQuestion } from '../contract/index.ts';

/** A call that asked somebody, until it is made again with the answer. */
export interface PendingCall {
  /** Whoever made the call; nobody else goes on with it. */
  callerId: string;
  tool: string;
  /** It goes on with those it began with, whatever comes back. */
  arguments: JsonValue;
  idempotencyKey: string;
  answers: { [questionId: string]: ToolAnswer };
  resume?: JsonValue;
  asked?: ToolQuestion;
}

/** Where pending calls wait, for whichever process is asked next. */
export interface PendingCalls {
  /** @param ttl ms after which it is forgotten */
  put(tenantId: string, id: string, call: PendingCall, ttl: number): Promise<void>;
  get(tenantId: string, id: string): Promise<PendingCall | undefined>;
  remove(tenantId: string, id: string): Promise<void>;
}

/** What the face stands on. */
export interface McpFaceWorld {
  catalog: ToolCatalog;
  invoker: ToolInvoker;
  pending: PendingCalls;
  version: string;
  /** epoch ms. */
  now(): number;
  newId(): string;
  /** Calls back after `ms`; answers the cancellation. */
  schedule(ms: number, callback: () => void): () => void;
  /** Something failed that nobody is answered. */
  report(error: unknown): void;
}
