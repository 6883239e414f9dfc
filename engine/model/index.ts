/** Door `@baton/engine/model`. */
export * from './executable.ts';
