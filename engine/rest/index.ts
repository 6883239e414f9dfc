/** Door `@baton/engine/rest`: the Camunda 8 `/v2` API and our record stream in front of the embedded broker. */
export { createRestServer, type RestServer, type RestServerOptions } from './server.ts';
