import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { completeGatewayProtocol } from '@baton/engine/protocol';
import {
  type ClientReadableStream,
  credentials,
  loadPackageDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import protobuf from 'protobufjs';

/** A plain gRPC client of the Zeebe gateway, without any of ours: for load and for tests from outside. */
export interface ZeebeGrpc {
  /** Rejects with gRPC's `ServiceError`. */
  call<T>(method: string, message: unknown): Promise<T>;
  stream<T>(method: string, message: unknown): ClientReadableStream<T>;
  close(): void;
}

export const GRPC_RESOURCE_EXHAUSTED = 8;
export const GRPC_UNAVAILABLE = 14;

/** What a call that nobody answered in time is refused with, in the words of the client. */
export const isUnanswered = (answer: string): boolean => /\bDeadline exceeded after /.test(answer);

/** The protocol comes from the published client's package. */
async function readGateway() {
  const sdk = createRequire(import.meta.url).resolve('@camunda8/sdk');
  const home = sdk.slice(0, sdk.lastIndexOf(join('sdk', 'dist')));
  const source = await readFile(join(home, 'sdk', 'dist', 'proto', 'zeebe.proto'), 'utf8');
  const { root } = protobuf.parse(completeGatewayProtocol(source), { keepCase: true });
  const definition = fromJSON(root.toJSON(), {
    longs: String,
    keepCase: true,
    defaults: true,
  });
  // biome-ignore lint/suspicious/noExplicitAny: the client is made from the proto at run time
  const { gateway_protocol } = loadPackageDefinition(definition) as any;
  return gateway_protocol.Gateway;
}

/** Read once: conformance connects a thousand times. */
let gateway: ReturnType<typeof readGateway> | undefined;

/**
 * Connects to `host:port`.
 *
 * @param patience ms a call may take; without it, any time
 */
export async function connectZeebe(address: string, patience?: number): Promise<ZeebeGrpc> {
  gateway ??= readGateway();
  const Gateway = await gateway;
  const client = new Gateway(address, credentials.createInsecure());
  const options = () => (patience === undefined ? {} : { deadline: new Date(Date.now() + patience) });
  return {
    call: (method, message) =>
      new Promise((resolve, reject) =>
        client[method](message, options(), (error: ServiceError | null, answer: never) =>
          error ? reject(error) : resolve(answer),
        ),
      ),
    stream: (method, message) => client[method](message, options()),
    close: () => client.close(),
  };
}
