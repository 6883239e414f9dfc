import type { Resource, ResourceStore } from '@baton/infra/store';
import { readAgentContent } from '../../api/index.ts';

/** The store, whose agents have the content of today however long ago they were saved. Hashes stay what was saved. */
export function storedAgents(resources: ResourceStore): ResourceStore {
  const read = <R extends Resource | undefined>(resource: R): R =>
    resource?.kind === 'agent' ? { ...resource, content: readAgentContent(resource.content) } : resource;
  return {
    ...resources,
    async list(...asked) {
      const { items, total } = await resources.list(...asked);
      return { items: items.map(read), total };
    },
    get: async (...asked) => read(await resources.get(...asked)),
    getByName: async (...asked) => read(await resources.getByName(...asked)),
    async create(...asked) {
      const created = await resources.create(...asked);
      return created.ok ? { ...created, value: read(created.value) } : created;
    },
    async update(...asked) {
      const updated = await resources.update(...asked);
      if (updated.ok) return { ...updated, value: read(updated.value) };
      const { failure } = updated;
      return 'latest' in failure
        ? { ...updated, failure: { ...failure, latest: read(failure.latest) } }
        : updated;
    },
  };
}
