import type { Resource, ResourceStore } from '@baton/infra/store';
import {
  type DocumentKind,
  documentKinds,
  type NamingDocument,
  type RenamedDocument,
  type ResourceChange,
} from '../../api/index.ts';
import { referenceTo } from '../versioned/index.ts';
import { type Naming, renamedIn } from './namedIn.ts';

export interface FollowingOptions {
  resources: ResourceStore;
  now(): number;
  /** What a content of the kind names, as it is stored with a version. */
  references: { readonly [K in DocumentKind]?: (content: never) => readonly string[] };
  changed(tenantId: string, kind: DocumentKind, change: ResourceChange): void;
}

/** What names a document follows when it is called otherwise. Each step may be done again: what has followed stays as it is. */
export interface Following {
  /** @param self id of the document itself, which does not follow */
  users(tenantId: string, change: Naming, self: string): Promise<NamingDocument[]>;
  /** The document's own draft goes on over the version that was just made, with the new name in it. */
  ownDraft(
    tenantId: string,
    author: string,
    kind: DocumentKind,
    id: string,
    versions: { before: number; now: number },
    change: Naming,
  ): Promise<void>;
  follow(tenantId: string, author: string, change: Naming, self: string): Promise<RenamedDocument[]>;
  referencesOf(kind: DocumentKind, content: unknown): readonly string[];
}

/** Kinds whose contents name others. */
export const naming = ['workflow', 'agent', 'prompt'] as const satisfies readonly DocumentKind[];
/** Documents that name one; more than anybody goes through. */
const most = 1000;
/** A document that is changed at the same moment is read again this often. */
const attempts = 3;

export function createFollowing(options: FollowingOptions): Following {
  const { resources } = options;

  /** Latest versions that name it, and drafts that do where the version does not. */
  async function users(
    tenantId: string,
    { kind, from, to }: Naming,
    self: string,
  ): Promise<NamingDocument[]> {
    const found: NamingDocument[] = [];
    const { items } = await resources.referring(tenantId, undefined, referenceTo(kind, from), {
      limit: most,
      offset: 0,
    });
    for (const each of items) {
      if (!(naming as readonly string[]).includes(each.kind) || each.id === self) continue;
      const latest = await resources.get(tenantId, each.kind, each.id);
      const places = latest ? renamedIn(each.kind, latest.content, { kind, from, to }).places : [];
      if (latest && places.length > 0) found.push(shown(latest, 'version', places));
    }
    const { items: heads } = await resources.heads(tenantId, naming, { limit: most, offset: 0 });
    for (const head of heads) {
      if (!head.draft || head.id === self || found.some(({ id }) => id === head.id)) continue;
      const draft = await resources.draft(tenantId, head.kind, head.id);
      const places = draft ? renamedIn(head.kind, draft.content, { kind, from, to }).places : [];
      if (places.length > 0) found.push(shown(head, 'draft', places));
    }
    return found.sort(inTheTree);
  }

  /** The draft goes on over the version that was just made, with the new name in it. */
  async function followDraft(
    tenantId: string,
    author: string,
    kind: DocumentKind,
    id: string,
    versions: { before: number; now: number },
    change: Naming,
    name?: string,
  ): Promise<boolean> {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const draft = await resources.draft(tenantId, kind, id);
      if (!draft) return true;
      const saved = await resources.saveDraft(tenantId, kind, id, draft.hash, {
        base: draft.base === versions.before ? versions.now : draft.base,
        content: renamedIn(kind, draft.content, change).content,
        author,
        at: new Date(options.now()),
        ...(name !== undefined && { name }),
      });
      if (saved.ok) {
        options.changed(tenantId, kind, {
          change: 'draft',
          id,
          name: name ?? draft.name,
          version: versions.now,
          by: author,
        });
        return true;
      }
    }
    return false;
  }

  async function follow(
    tenantId: string,
    author: string,
    user: NamingDocument,
    change: Naming,
  ): Promise<RenamedDocument> {
    const { kind, id } = user;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const latest = await resources.get(tenantId, kind, id);
      if (!latest) break;
      const { content, places } = renamedIn(kind, latest.content, change);
      if (places.length === 0) {
        const followed = await followDraft(
          tenantId,
          author,
          kind,
          id,
          // Its version may have followed already, cut off before the draft did.
          { before: latest.version - (latest.message === messageOf(change) ? 1 : 0), now: latest.version },
          change,
        );
        return { ...user, outcome: followed ? 'changed' : 'kept' };
      }
      const saved = await resources.update(tenantId, kind, id, latest.hash, {
        name: latest.name,
        content,
        author,
        message: messageOf(change),
        at: new Date(options.now()),
        references: referencesOf(kind, content),
      });
      if (!saved.ok) continue;
      const { version } = saved.value;
      options.changed(tenantId, kind, { change: 'updated', id, name: latest.name, version, by: author });
      await followDraft(tenantId, author, kind, id, { before: latest.version, now: version }, change);
      return { ...user, version: latest.version, places, outcome: 'changed', newVersion: version };
    }
    return { ...user, outcome: 'kept' };
  }

  function referencesOf(kind: DocumentKind, content: unknown): readonly string[] {
    return options.references[kind]?.(content as never) ?? [];
  }

  return {
    users,
    referencesOf,
    async ownDraft(tenantId, author, kind, id, versions, change) {
      await followDraft(tenantId, author, kind, id, versions, change, change.to);
    },
    async follow(tenantId, author, change, self) {
      const changes: RenamedDocument[] = [];
      // Read again: what named it between the look and the claim follows as well.
      for (const user of await users(tenantId, change, self))
        changes.push(await follow(tenantId, author, user, change));
      return changes;
    },
  };
}

const messageOf = ({ kind, from, to }: Naming) => `${kind} ${from} is called ${to} now`;

/** By kind, then by name, as a tree lists them. */
function inTheTree(one: NamingDocument, other: NamingDocument): number {
  const kinds = documentKinds.indexOf(one.kind) - documentKinds.indexOf(other.kind);
  return kinds || one.name.localeCompare(other.name, 'en');
}

function shown(
  { kind, id, name, version }: Pick<Resource, 'kind' | 'id' | 'name' | 'version'>,
  where: NamingDocument['in'],
  places: NamingDocument['places'],
): NamingDocument {
  return { kind: kind as DocumentKind, id, name, version, in: where, places };
}
