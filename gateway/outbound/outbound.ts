import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Agent } from 'undici';
import { type Network, refusedAs } from './networks.ts';

export type Resolve = (
  hostname: string,
  options: LookupOptions & { all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface OutboundOptions {
  /** Networks of our own that may be reached beside the public internet. */
  allowed: readonly Network[];
  /** Origins that may be reached wherever they are: those the installation itself is set up with. */
  trusted?: readonly string[];
  /** `dns.lookup`. */
  resolve: Resolve;
  /** What a person can do about a refusal. */
  advice: string;
  /** Answers may be of any length, and silent for as long as they like: whoever reads them has limits of its own. */
  streams?: boolean;
}

/** Requests to addresses that users name. */
export interface Outbound {
  /**
   * As the global one, but it connects only to addresses that are allowed (those of the very look-up it connects with, so a
   * name that changes its mind gains nothing), follows no redirect, and reads at most `answerLimit` bytes, unless it `streams`.
   */
  fetch: typeof fetch;
  /** Why the URL would be refused now, in words; `undefined` when it would not, or its name does not resolve. */
  refusal(url: string): Promise<string | undefined>;
  /** For connections that are no requests: gives only addresses that are allowed. */
  lookup: LookupFunction;
  close(): Promise<void>;
}

/** Why a request was not made or its answer not read; `fetch` rejects with it, or with an error whose cause it is. */
export class OutboundRefused extends Error {
  readonly code: 'ADDRESS_REFUSED' | 'ANSWER_TOO_LARGE';
  constructor(code: OutboundRefused['code'], message: string) {
    super(message);
    this.name = 'OutboundRefused';
    this.code = code;
  }
}

/** Bytes, decompressed; no list of models and no answer of one is near it. */
export const answerLimit = 8 * 1024 * 1024;

/** ms to connect, and ms a server may be silent: longer than a model may think. */
const timeouts = { connect: 10_000, silence: 600_000 };

/** Requests of the library, which is loaded with the first. */
interface Guarded {
  agent: Agent;
  guarded(
    input: Parameters<typeof fetch>[0],
    init: Omit<RequestInit, 'dispatcher'> & { dispatcher: Agent },
  ): Promise<Response>;
}

export function createOutbound({
  allowed,
  trusted = [],
  resolve,
  advice,
  streams = false,
}: OutboundOptions): Outbound {
  const refused = (host: string, address: string, what: string) =>
    `Expected an address on the public internet, but ${host === address ? address : `${host} (${address})`} is ${what}; ${advice}`;

  /** Resolves as the operating system does, and gives only addresses that are allowed. */
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '');
      const open = addresses.filter(({ address }) => refusedAs(address, allowed) === undefined);
      const [first] = open;
      if (!first) {
        const { address } = addresses[0] ?? { address: 'no address' };
        const message = refused(hostname, address, refusedAs(address, allowed) ?? 'nowhere');
        return callback(new OutboundRefused('ADDRESS_REFUSED', message), '');
      }
      if (options.all) callback(null, open);
      else callback(null, first.address, first.family);
    });
  };

  async function open(): Promise<Guarded> {
    const { Agent, buildConnector, fetch } = await import('undici');
    const connectTo = buildConnector({ lookup, timeout: timeouts.connect });
    const connectToTrusted = buildConnector({ timeout: timeouts.connect });
    const agent = new Agent({
      headersTimeout: timeouts.silence,
      bodyTimeout: streams ? 0 : timeouts.silence,
      connect(options, callback) {
        if (trusted.includes(`${options.protocol}//${options.host}`))
          return connectToTrusted(options, callback);
        // An address is connected to without a look-up.
        const what = isIP(options.hostname) ? refusedAs(options.hostname, allowed) : undefined;
        if (what) {
          const message = refused(options.hostname, options.hostname, what);
          return callback(new OutboundRefused('ADDRESS_REFUSED', message), null);
        }
        connectTo(options, callback);
      },
    });
    return { agent, guarded: fetch as unknown as Guarded['guarded'] };
  }

  let opened: Promise<Guarded> | undefined;

  return {
    fetch: async (input, init) => {
      opened ??= open();
      const { agent, guarded } = await opened;
      const answer = await guarded(input, { ...init, redirect: 'manual', dispatcher: agent });
      const { status, statusText, headers } = answer;
      const body = answer.body && (streams ? answer.body : limited(answer.body));
      return new Response(body, { status, statusText, headers });
    },
    refusal(url) {
      const { hostname, origin } = new URL(url);
      if (trusted.includes(origin)) return Promise.resolve(undefined);
      const host = hostname.replace(/^\[|\]$/g, '');
      if (isIP(host)) {
        const what = refusedAs(host, allowed);
        return Promise.resolve(what && refused(host, host, what));
      }
      return new Promise((done) => {
        lookup(host, { all: true }, (error) =>
          done(error instanceof OutboundRefused ? error.message : undefined),
        );
      });
    },
    lookup,
    close: async () => (await opened)?.agent.destroy(),
  };
}

/** The same bytes, until there are too many. */
function limited(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size <= answerLimit) return controller.enqueue(chunk);
        controller.error(
          new OutboundRefused(
            'ANSWER_TOO_LARGE',
            `Expected an answer of at most ${answerLimit / 1024 / 1024} MB, but it is larger`,
          ),
        );
      },
    }),
  );
}
