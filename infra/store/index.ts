/** Door `@baton/infra/store`. */
export { openDocumentStore } from './openDocumentStore.ts';
export * from './ports.ts';
