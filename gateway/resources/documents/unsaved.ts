import { ok } from '@baton/engine/protocol';
import { jsonHash, type Resource, type ResourceStore, type SaveRequest } from '@baton/infra/store';

/** A store in which what is saved is there for whoever looks through it, and is nowhere else. */
export interface UnsavedStore {
  resources: ResourceStore;
  /** Whether it has this id from here. */
  isNew(id: string): boolean;
}

interface Unsaved {
  resource: Resource;
  references: readonly string[];
}

/** What the store has, with what would be created and updated; anything else cannot be done to it. */
export function unsavedStore(resources: ResourceStore): UnsavedStore {
  const unsaved = new Map<string, Unsaved>();
  const added = new Set<string>();
  const all = () => [...unsaved.values()];
  const keep = (resource: Resource, { references = [] }: SaveRequest) => {
    unsaved.set(resource.id, { resource, references });
    return ok(resource);
  };
  const versionOf = ({ name, content, author, message, at }: SaveRequest) => ({
    name,
    content,
    hash: jsonHash({ name, content }),
    author,
    message,
    savedAt: at,
  });
  const refused = async (): Promise<never> => {
    throw new Error('Expected only creations and updates of what is not saved, but it was something else');
  };
  const isOf = (tenantId: string, kind: string | undefined) => (resource: Resource) =>
    resource.tenantId === tenantId && (kind === undefined || resource.kind === kind);

  const over: ResourceStore = {
    ...resources,
    async get(tenantId, kind, id, version) {
      const own = unsaved.get(id)?.resource;
      const asked = own && isOf(tenantId, kind)(own) && (version ?? own.version) === own.version;
      return asked ? own : resources.get(tenantId, kind, id, version);
    },
    async getByName(tenantId, kind, name, version) {
      const own = all().find(({ resource }) => isOf(tenantId, kind)(resource) && resource.name === name);
      return own
        ? over.get(tenantId, kind, own.resource.id, version)
        : resources.getByName(tenantId, kind, name, version);
    },
    async create(tenantId, kind, id, save) {
      if (await over.getByName(tenantId, kind, save.name))
        return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
      added.add(id);
      return keep({ id, kind, tenantId, version: 1, labels: [], ...versionOf(save) }, save);
    },
    async update(tenantId, kind, id, expectedHash, save) {
      const latest = await over.get(tenantId, kind, id);
      if (!latest) return { ok: false, failure: { code: 'NOT_FOUND' } };
      if (latest.hash !== expectedHash) return { ok: false, failure: { code: 'VERSION_CONFLICT', latest } };
      const named = await over.getByName(tenantId, kind, save.name);
      if (named && named.id !== id) return { ok: false, failure: { code: 'ALREADY_EXISTS' } };
      return keep({ ...latest, version: latest.version + 1, labels: [], ...versionOf(save) }, save);
    },
    async referring(tenantId, kind, reference, { limit, offset }) {
      const wanted = { limit: offset + limit + unsaved.size, offset: 0 };
      const found = await resources.referring(tenantId, kind, reference, wanted);
      const stay = found.items.filter(({ id }) => !unsaved.has(id));
      const own = all()
        .filter(
          ({ resource, references }) => isOf(tenantId, kind)(resource) && references.includes(reference),
        )
        .map(({ resource: { content: _, draft: _draft, ...version } }) => version);
      const items = [...stay, ...own].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
      const total = found.total - found.items.length + items.length;
      return { items: items.slice(offset, offset + limit), total };
    },
    delete: refused,
    refer: refused,
    saveDraft: refused,
    discardDraft: refused,
    publish: refused,
    setLabel: refused,
    removeLabel: refused,
  };
  return { resources: over, isNew: (id) => added.has(id) };
}
