/** Door `@baton/infra/store`. */
export * from './ports.ts';
