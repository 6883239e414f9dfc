import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { completeGatewayProtocol } from '@baton/engine/protocol';
import protobuf from 'protobufjs';

/** How one RPC's messages become bytes and back. */
export interface MethodCodec {
  name: string;
  path: string;
  decode(bytes: Uint8Array): unknown;
  encode(message: object): Uint8Array;
}

/** A 64-bit integer as protobufjs hands it over. */
export type Int64 = number | { toNumber(): number };

export function int64(value: Int64): number {
  return typeof value === 'number' ? value : value.toNumber();
}

let methods: MethodCodec[] | undefined;

/** The service as the installed Zeebe client publishes it: the protocol is read, not copied, and once a process. */
export function loadGatewayMethods(): readonly MethodCodec[] {
  methods ??= readGatewayMethods();
  return methods;
}

function readGatewayMethods(): MethodCodec[] {
  const client = createRequire(import.meta.url).resolve('@camunda8/sdk/package.json');
  const source = readFileSync(join(dirname(client), 'dist/proto/zeebe.proto'), 'utf8');
  const { root } = protobuf.parse(completeGatewayProtocol(source), { keepCase: true });
  root.resolveAll();
  const service = root.lookupService('gateway_protocol.Gateway');
  return service.methodsArray.map((method) => {
    const request = method.resolvedRequestType!;
    const response = method.resolvedResponseType!;
    return {
      name: method.name,
      path: `/gateway_protocol.Gateway/${method.name}`,
      decode: (bytes) => request.decode(bytes),
      encode: (message) => response.encode(message as protobuf.Message).finish(),
    };
  });
}
