/** Door `@baton/engine/client`: deploy, start, publish, complete, look. */
export { createEngineClient } from './engineClient.ts';
export * from './ports.ts';
