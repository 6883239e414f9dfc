import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { failed, ok } from '@baton/engine/protocol';
import { CamundaEnvironmentConfigurator } from '@camunda8/sdk/dist/lib/Configuration.js';
import { constructOAuthProvider } from '@camunda8/sdk/dist/lib/ConstructOAuthProvider.js';
import { GrpcClient } from '@camunda8/sdk/dist/zeebe/lib/GrpcClient.js';
import { ZBSimpleLogger } from '@camunda8/sdk/dist/zeebe/lib/SimpleLogger.js';
import type { EngineClientOptions, EngineFailure, EngineResult } from '../ports.ts';
import { failureOf } from './failures.ts';
import { speakWholeJobs } from './jobProtocol.ts';

/** A server stream as the published client hands it out. */
export interface MessageStream {
  on(event: 'data', listener: (message: unknown) => void): this;
  on(event: 'end', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  pause(): this;
  resume(): this;
  cancel(): void;
}

/** The gateway service over the published Zeebe client's own connection layer. */
export interface GatewayConnection {
  /** One answer within `timeout` ms. */
  call<Response>(rpc: string, request: object, timeout?: number): EngineResult<Response>;
  /** A stream of messages; a stream that could not be opened ends with the failure. */
  open(rpc: string, request: object, listener: StreamListener): OpenStream;
  close(): Promise<void>;
}

export interface StreamListener {
  onMessage(message: unknown): void;
  /** Once; without a failure when the engine ended the stream by itself. */
  onEnd(failure: EngineFailure | undefined): void;
}

export interface OpenStream {
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** ms an answer may take; the engine answers commands within its own, shorter, time. */
const CALL_TIMEOUT = 20_000;

/** First and longest pause between attempts to connect, ms. */
const RECONNECT_PAUSE: { first: number; longest: number } = { first: 100, longest: 2000 };

type Methods = { [method: string]: (request: object) => Promise<unknown> };

export function connect({ grpcAddress, schedule }: EngineClientOptions): GatewayConnection {
  // The client types its numbers as the text of an environment variable, and counts with them.
  const config = CamundaEnvironmentConfigurator.mergeConfigWithEnvironment({
    zeebeGrpcSettings: {
      GRPC_INITIAL_RECONNECT_BACKOFF_MS: RECONNECT_PAUSE.first as 1000,
      GRPC_MAX_RECONNECT_BACKOFF_MS: RECONNECT_PAUSE.longest as 10000,
    },
  });
  const useTLS = grpcAddress.startsWith('grpcs://');
  let client: (GrpcClient & Methods) | undefined;
  let closed = false;

  /** The client opens its channel when it is made, so it is made when first needed. */
  function methods(): Methods {
    client ??= openClient();
    return client;
  }

  function openClient(): GrpcClient & Methods {
    const protoPath = join(
      dirname(createRequire(import.meta.url).resolve('@camunda8/sdk/package.json')),
      'dist/proto/zeebe.proto',
    );
    const opened = new GrpcClient({
      config,
      connectionTolerance: 0,
      host: grpcAddress.replace(/^grpcs?:\/\//, ''),
      loglevel: 'NONE',
      namespace: 'baton',
      oAuth: constructOAuthProvider(config),
      options: {},
      packageName: 'gateway_protocol',
      protoPath,
      service: 'Gateway',
      stdout: ZBSimpleLogger,
      useTLS,
    }) as GrpcClient & Methods;
    speakWholeJobs(opened.client as never, readFileSync(protoPath, 'utf8'));
    return opened;
  }

  return {
    call<Response>(rpc: string, request: object, timeout = CALL_TIMEOUT) {
      if (closed) return Promise.resolve(failed(closedFailure));
      return new Promise<Awaited<EngineResult<Response>>>((resolve) => {
        const cancel = schedule(timeout, () =>
          resolve(
            failed({
              code: 'DEADLINE_EXCEEDED',
              message: `Expected the engine to answer ${rpc} within ${timeout} ms, but it did not`,
            }),
          ),
        );
        methods()[`${methodOf(rpc)}Sync`]!(request).then(
          (response) => {
            cancel();
            resolve(ok(response as Response));
          },
          (error) => {
            cancel();
            resolve(failed(failureOf(error)));
          },
        );
      });
    },

    open(rpc, request, listener) {
      let stream: MessageStream | undefined;
      let ended = false;
      let paused = false;
      const end = (failure: EngineFailure | undefined) => {
        if (ended) return;
        ended = true;
        listener.onEnd(failure);
      };
      if (closed) {
        queueMicrotask(() => end(closedFailure));
      } else {
        methods()[`${methodOf(rpc)}Stream`]!(request).then(
          (opened) => {
            const { error } = opened as { error?: Error };
            if (error) {
              end(failureOf(error));
              return;
            }
            stream = opened as MessageStream;
            stream.on('error', (failure) => end(failureOf(failure)));
            stream.on('end', () => end(undefined));
            stream.on('data', (message) => {
              if (!ended) listener.onMessage(message);
            });
            if (ended) stream.cancel();
            else if (paused) stream.pause();
          },
          (error) => end(failureOf(error)),
        );
      }
      return {
        pause() {
          paused = true;
          stream?.pause();
        },
        resume() {
          paused = false;
          stream?.resume();
        },
        cancel() {
          ended = true;
          stream?.cancel();
        },
      };
    },

    async close() {
      closed = true;
      // The client's own close waits for a state that a channel without connection never reports.
      client?.client.close();
      client?.close().catch(() => {});
    },
  };
}

const closedFailure: EngineFailure = { code: 'UNAVAILABLE', message: 'The engine client is closed' };

/** The client names its methods after the RPCs, with a small first letter. */
const methodOf = (rpc: string) => rpc[0]!.toLowerCase() + rpc.slice(1);
