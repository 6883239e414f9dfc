import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceKind, ResourceStore } from '@baton/infra/store';
import { type Refusal, refuse } from '../../refusal.ts';

/** What processes name by an id in a document, which is not the document's name. */
export type DefinedKind = 'form' | 'decision';

/** How a content says that it is what others name by this id; `ResourceStore.referring` finds it by that. */
export const definitionOf = (kind: DefinedKind, id: string) => `is/${kind}/${id}`;

/** How a content says that it names what has this id. */
export const namedById = (kind: DefinedKind, id: string) => `by-id/${kind}/${id}`;

const defined = /^is\/(.+)$/s;

/** What a document's references say it defines: `form/approve`. */
export function definesOf(references: readonly string[]): string[] {
  return references.flatMap((reference) => defined.exec(reference)?.[1] ?? []);
}

export interface Definitions {
  /** The document that defines the id; of several, the one that comes first by name. */
  find(tenantId: string, kind: DefinedKind, id: string): Promise<Resource | undefined>;
  /**
   * Refuses a content that defines what another document defines.
   * @param of the document, unless it is new
   */
  admit(
    tenantId: string,
    kind: DefinedKind,
    ids: readonly string[],
    of: string | undefined,
  ): Promise<Result<void, Refusal>>;
  /** Refuses to take away what workflows name. */
  unused(tenantId: string, kind: DefinedKind, ids: readonly string[]): Promise<Result<void, Refusal>>;
}

/** Users of a definition that are told. */
const toldUsers = 20;

export function createDefinitions(resources: ResourceStore): Definitions {
  const few = { limit: 2, offset: 0 };
  return {
    async find(tenantId, kind, id) {
      const { items } = await resources.referring(tenantId, kind, definitionOf(kind, id), few);
      return items[0] && resources.get(tenantId, kind satisfies ResourceKind, items[0].id);
    },
    async admit(tenantId, kind, ids, of) {
      for (const id of ids) {
        const { items } = await resources.referring(tenantId, kind, definitionOf(kind, id), few);
        const other = items.find((item) => item.id !== of);
        if (!other) continue;
        return refuse(
          'ALREADY_EXISTS',
          `Expected a new id for the ${kind}, but '${other.name}' has '${id}' already`,
          { id, name: other.name },
        );
      }
      return ok();
    },
    async unused(tenantId, kind, ids) {
      for (const id of ids) {
        const page = { limit: toldUsers, offset: 0 };
        const { items } = await resources.referring(tenantId, 'workflow', namedById(kind, id), page);
        if (items.length === 0) continue;
        const told = items.slice(0, 5).map(({ name }) => `workflow '${name}'`);
        return refuse(
          'IN_USE',
          `Expected a ${kind} that nothing uses, but '${id}' is used by ${told.join(', ')}${items.length > 5 ? ' …' : ''}`,
          { usedBy: items.map(({ id: by, name }) => ({ kind: 'workflow', id: by, name })) },
        );
      }
      return ok();
    },
  };
}
