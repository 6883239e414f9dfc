/** Door `@baton/engine/worker`. */
export { compose } from './compose.ts';
export { durationOf } from './duration.ts';
export * from './ports.ts';
export { startWorker } from './startWorker.ts';
