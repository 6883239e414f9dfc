/** Door `@baton/infra/store`. */
export { jsonHash } from './canonicalJson.ts';
export { openDocumentStore } from './openDocumentStore.ts';
export * from './ports.ts';
