import { failed, ok } from '@baton/engine/protocol';
import protobuf from 'protobufjs';
import type { MethodCodec } from './codec.ts';
import type { StreamRpc, UnaryRpc } from './rpc.ts';
import { Code } from './status.ts';

/** gRPC's health checking protocol, version 1, as far as gateways have it. */
const protocol = `
syntax = "proto3";
message HealthCheckRequest { string service = 1; }
message HealthCheckResponse { int32 status = 1; }
`;

const SERVING = 1;
const SERVICE_UNKNOWN = 3;

/** The services whose health may be asked for; '' is the server as a whole. */
const services: readonly string[] = ['', 'gateway_protocol.Gateway'];

interface HealthRequest {
  service: string;
}

const check: UnaryRpc<HealthRequest, { status: number }> = {
  kind: 'unary',
  async answer({ service }) {
    if (services.includes(service)) return ok({ status: SERVING });
    return failed({ code: Code.NOT_FOUND, message: `unknown service ${service}` });
  },
};

/** The door stands as long as the broker takes commands, so there is never a change to tell. */
const watch: StreamRpc<HealthRequest, { status: number }> = {
  kind: 'stream',
  open({ service }, _, call) {
    call.write({ status: services.includes(service) ? SERVING : SERVICE_UNKNOWN });
  },
};

export function healthMethods(): { codec: MethodCodec; rpc: typeof check | typeof watch }[] {
  const { root } = protobuf.parse(protocol);
  const request = root.lookupType('HealthCheckRequest');
  const response = root.lookupType('HealthCheckResponse');
  return Object.entries({ Check: check, Watch: watch }).map(([name, rpc]) => ({
    codec: {
      name,
      path: `/grpc.health.v1.Health/${name}`,
      decode: (bytes) => request.decode(bytes),
      encode: (message) => response.encode(message as protobuf.Message).finish(),
    },
    rpc,
  }));
}
