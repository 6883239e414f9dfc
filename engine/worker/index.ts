/** Door `@baton/engine/worker`. */
export * from './ports.ts';
