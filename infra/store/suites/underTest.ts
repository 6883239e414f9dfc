import type { DocumentStore, ResourceKind, SaveRequest } from '../ports.ts';

export interface StoreUnderTest {
  store: DocumentStore;
  clock: { now: Date };
  close(): Promise<void>;
}

/** The store a suite is run on, once it is open. */
export type UnderTest = () => StoreUnderTest;

export const page = { limit: 50, offset: 0 };

export function saving(name: string, content: unknown, message = ''): SaveRequest {
  return { name, content, author: 'ada', message, at: new Date('2026-03-01T09:00:00Z') };
}

export async function created(
  store: DocumentStore,
  tenant: string,
  id: string,
  save: SaveRequest,
  kind: ResourceKind = 'agent',
) {
  const result = await store.resources.create(tenant, kind, id, save);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}
