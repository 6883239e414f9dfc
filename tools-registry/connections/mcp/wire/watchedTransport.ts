import {
  isJSONRPCErrorResponse,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type RequestId,
  type Transport,
  type TransportSendOptions,
} from '@modelcontextprotocol/client';
import { faultOf, type McpFault, McpFaulted } from './fault.ts';
import type { MessageRing } from './messageRing.ts';
import { MESSAGES_A_SECOND, MESSAGES_AT_ONCE } from './wireLimits.ts';

/** JSON-RPC's code of an answer that we make up because the server's will not come. */
export const ANSWER_LOST = -32_099;

/**
 * A transport whose messages are kept to be looked at and counted, and whose requests always end: with the answer, or with
 * the end of the stream it was to come in.
 */
export class WatchedTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** What ended it, if it was not us. */
  fault: McpFault | undefined;
  readonly hasPerRequestStream: boolean;
  readonly #inner: Transport;
  readonly #server: string;
  readonly #ring: MessageRing;
  readonly #now: () => number;
  readonly #waiting = new Set<RequestId>();
  #allowance = MESSAGES_AT_ONCE;
  #counted: number;

  constructor(inner: Transport, server: string, ring: MessageRing, now: () => number) {
    this.#inner = inner;
    this.#server = server;
    this.#ring = ring;
    this.#now = now;
    this.#counted = now();
    this.hasPerRequestStream = inner.hasPerRequestStream === true;
    if ('pid' in inner && 'stderr' in inner) Object.assign(this, { pid: null, stderr: null });
    inner.onmessage = (message, extra) => this.#received(message, extra);
    inner.onerror = (error) => {
      this.fault ??= faultOf(error);
      this.onerror?.(error);
    };
    inner.onclose = () => this.onclose?.();
  }

  start(): Promise<void> {
    return this.#inner.start();
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    this.#ring.add('sent', message);
    if (!isJSONRPCRequest(message)) return this.#inner.send(message, options);
    const { id } = message;
    this.#waiting.add(id);
    try {
      await this.#inner.send(message, {
        ...options,
        onRequestStreamEnd: () => {
          options?.onRequestStreamEnd?.();
          this.#lost(id);
        },
      });
    } catch (error) {
      this.#waiting.delete(id);
      throw error;
    }
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  get sessionId(): string | undefined {
    return this.#inner.sessionId;
  }

  setProtocolVersion(version: string): void {
    this.#inner.setProtocolVersion?.(version);
  }

  setSupportedProtocolVersions(versions: string[]): void {
    this.#inner.setSupportedProtocolVersions?.(versions);
  }

  /** Ends it because of the server. */
  fail(fault: McpFault): void {
    if (this.fault) return;
    this.fault = fault;
    this.onerror?.(new McpFaulted(fault));
    void this.close();
  }

  #received: NonNullable<Transport['onmessage']> = (message, extra) => {
    if (this.fault) return;
    if (!this.#mayCome()) {
      return this.fail({
        kind: 'flood',
        message: `Expected '${this.#server}' to send at most ${MESSAGES_A_SECOND} messages a second, but it sends many more`,
      });
    }
    this.#ring.add('received', message);
    if ((isJSONRPCResultResponse(message) || isJSONRPCErrorResponse(message)) && message.id !== undefined)
      this.#waiting.delete(message.id);
    this.onmessage?.(message, extra);
  };

  #mayCome(): boolean {
    const now = this.#now();
    const more = ((now - this.#counted) / 1_000) * MESSAGES_A_SECOND;
    this.#allowance = Math.min(MESSAGES_AT_ONCE, this.#allowance + more) - 1;
    this.#counted = now;
    return this.#allowance >= 0;
  }

  #lost(id: RequestId): void {
    if (!this.#waiting.delete(id) || typeof id === 'string') return;
    const message = `Expected an answer of '${this.#server}', but it ended the stream without one`;
    this.onmessage?.({ jsonrpc: '2.0', id, error: { code: ANSWER_LOST, message } });
  }
}
