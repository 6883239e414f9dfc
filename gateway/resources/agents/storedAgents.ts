import type { Result } from '@baton/engine/protocol';
import type { Resource, ResourceStore, VersionConflict } from '@baton/infra/store';
import { readAgentContent } from '../../api/index.ts';

/** The store, whose agents have the content of today however long ago they were saved. Hashes stay what was saved. */
export function storedAgents(resources: ResourceStore): ResourceStore {
  const read = <R extends Resource | undefined>(resource: R): R =>
    resource?.kind === 'agent' ? { ...resource, content: readAgentContent(resource.content) } : resource;
  const saved = <F extends { code: string }>(
    result: Result<Resource, F | VersionConflict>,
  ): Result<Resource, F | VersionConflict> => {
    if (result.ok) return { ...result, value: read(result.value) };
    const { failure } = result;
    return 'latest' in failure
      ? { ...result, failure: { ...failure, latest: read(failure.latest) } }
      : result;
  };
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
    update: async (...asked) => saved(await resources.update(...asked)),
    publish: async (...asked) => saved(await resources.publish(...asked)),
  };
}
