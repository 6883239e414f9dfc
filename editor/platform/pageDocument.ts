import type { DocumentModel, DocumentState, Resource } from './documents.ts';

/** A document that is a page of the product (Welcome, Settings): nothing to save, one title. */
export function pageDocument(resource: Resource, title: string): DocumentModel {
  const state: DocumentState = { title, dirty: false };
  return {
    resource,
    state: { getState: () => state, subscribe: () => () => undefined },
    dispose: () => undefined,
  };
}
