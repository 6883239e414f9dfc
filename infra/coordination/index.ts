/** Door `@baton/infra/coordination`. */
export { openCoordination } from './openCoordination.ts';
export * from './ports.ts';
