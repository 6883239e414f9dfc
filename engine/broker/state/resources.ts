import type { ResourceValue } from '@baton/engine/protocol';
import type { Store } from './store.ts';
import { createVersions, type Versions } from './versions.ts';

/** Files that the engine keeps for others. */
export type Resources = Versions<ResourceValue>;

export const createResources = (store: Store): Resources =>
  createVersions(store, 'resources', ({ resourceId, ...facts }) => ({ ...facts, id: resourceId }));
