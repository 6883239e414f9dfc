/** Door `@baton/engine/grpc`: the Zeebe gateway service in front of the embedded broker. */
export { createGrpcServer, type GrpcServer, type GrpcServerOptions } from './server.ts';
