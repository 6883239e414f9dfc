import { completeGatewayProtocol } from '@baton/engine/protocol';
import protobuf from 'protobufjs';

/** A client of the gateway as grpc-js makes it: the general calls that its named ones stand on. */
interface GeneralCalls {
  makeUnaryRequest(path: string, serialize: Serialize, deserialize: Deserialize, ...more: unknown[]): unknown;
  makeServerStreamRequest(
    path: string,
    serialize: Serialize,
    deserialize: Deserialize,
    ...more: unknown[]
  ): unknown;
  [method: string]: unknown;
}

type Serialize = (message: object) => Buffer;
type Deserialize = (bytes: Buffer) => object;

/** RPCs of jobs, whose messages gateways of 8.8 have grown. */
const calls = {
  CompleteJob: 'makeUnaryRequest',
  ActivateJobs: 'makeServerStreamRequest',
  StreamActivatedJobs: 'makeServerStreamRequest',
} as const;

/**
 * Lets the published client say and hear all of a job: the kind of it, and the result of a worker.
 * @param source the client's own protocol file
 */
export function speakWholeJobs(client: GeneralCalls, source: string): void {
  const { root } = protobuf.parse(completeGatewayProtocol(source), { keepCase: true });
  root.resolveAll();
  const service = root.lookupService('gateway_protocol.Gateway');
  for (const [name, general] of Object.entries(calls)) {
    const method = service.methods[name]!;
    const [request, response] = [method.resolvedRequestType!, method.resolvedResponseType!];
    const serialize: Serialize = (message) =>
      Buffer.from(request.encode(request.fromObject(message)).finish());
    const deserialize: Deserialize = (bytes) =>
      response.toObject(response.decode(bytes), { longs: String, enums: String, defaults: true });
    // the published client calls it by the name that JavaScript would give it
    client[name.charAt(0).toLowerCase() + name.slice(1)] = (...more: unknown[]) =>
      client[general](`/gateway_protocol.Gateway/${name}`, serialize, deserialize, ...more);
  }
}
