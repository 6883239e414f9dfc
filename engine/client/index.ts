/** Door `@baton/engine/client`: deploy, start, publish, complete, look. */
export * from './ports.ts';
