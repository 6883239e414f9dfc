export {
  connectZeebe,
  GRPC_RESOURCE_EXHAUSTED,
  GRPC_UNAVAILABLE,
  type ZeebeGrpc,
} from '@baton/engine/test/conformance';
