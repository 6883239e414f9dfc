import { StringDecoder } from 'node:string_decoder';
import {
  deserializeMessage,
  type JSONRPCMessage,
  serializeMessage,
  type Transport,
} from '@modelcontextprotocol/client';
import type { McpProcess, StartMcpProcess } from '../ports.ts';
import { McpFaulted } from './fault.ts';
import { KEPT_ERRORS, MESSAGE_BYTES, megabytes } from './wireLimits.ts';

export interface StdioOptions {
  server: string;
  start: StartMcpProcess;
  command: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  /** A line that is no message: what commands print where only messages belong. */
  chatter(line: string): void;
}

/** JSON-RPC in lines over the standard streams of a process of ours. */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** With `pid`, by which the SDK knows standard streams: their silence is a server of the older generation. */
  readonly stderr = null;
  readonly pid = null;
  readonly #options: StdioOptions;
  readonly #decoder = new StringDecoder('utf8');
  #process: McpProcess | undefined;
  #rest: string[] = [];
  #restSize = 0;
  #wrote = '';
  #closed = false;

  constructor(options: StdioOptions) {
    this.#options = options;
  }

  async start(): Promise<void> {
    const { start, command, args, env } = this.#options;
    this.#process = start(
      { command, args, env },
      {
        output: (chunk) => this.#take(chunk),
        errors: (chunk) => {
          this.#wrote = (this.#wrote + chunk.toString('utf8')).slice(-KEPT_ERRORS);
        },
        ended: (why) => this.#ended(why),
      },
    );
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.#process || this.#closed) throw new Error('the process has ended');
    await this.#process.write(serializeMessage(message));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#process?.kill();
    this.onclose?.();
  }

  #take(chunk: Buffer): void {
    if (this.#closed) return;
    const [first = '', ...lines] = this.#decoder.write(chunk).split('\n');
    this.#grow(first);
    for (const line of lines) {
      if (this.#closed) return;
      const whole = this.#rest.join('');
      this.#rest = [];
      this.#restSize = 0;
      this.#line(whole);
      this.#grow(line);
    }
  }

  #grow(text: string): void {
    this.#rest.push(text);
    this.#restSize += text.length;
    if (this.#restSize <= MESSAGE_BYTES) return;
    this.#rest = [];
    this.#fail(
      new McpFaulted({
        kind: 'tooLarge',
        message: `Expected messages of at most ${megabytes(MESSAGE_BYTES)} from '${this.#options.server}', but it sent a larger one`,
      }),
    );
  }

  #line(line: string): void {
    if (line.trim() === '') return;
    let message: JSONRPCMessage;
    try {
      message = deserializeMessage(line);
    } catch {
      this.#options.chatter(line);
      return;
    }
    this.onmessage?.(message);
  }

  #ended(why: string): void {
    if (this.#closed) return;
    const { command } = this.#options;
    const wrote = this.#wrote.trim();
    this.#fail(
      new McpFaulted({
        kind: 'ended',
        message: `Expected '${command}' to keep running, but ${why}${wrote === '' ? '' : `; it wrote: ${wrote.slice(-600)}`}`,
      }),
    );
  }

  #fail(error: McpFaulted): void {
    this.onerror?.(error);
    void this.close();
  }
}
