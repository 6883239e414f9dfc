/** Door `@baton/engine/worker`. */
export { compose } from './compose.ts';
export * from './ports.ts';
export { startWorker } from './startWorker.ts';
