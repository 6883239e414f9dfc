import { ok, type Result } from '@baton/engine/protocol';
import type { Resource, ResourceKind, ResourceStore } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import {
  type DocumentKind,
  documentKinds,
  type NamingDocument,
  type Permission,
  type RenamedDocument,
  type ResourceChange,
  resourceName,
  workflowName,
} from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { type Refusal, refuse } from '../../refusal.ts';
import { pluralOf } from '../documents/service.ts';
import type { NameClaims } from '../references/claims.ts';
import { referenceTo } from '../versioned/index.ts';
import { type Naming, renamedIn } from './namedIn.ts';

export interface RenamingOptions {
  resources: ResourceStore;
  access: Access;
  names: NameClaims;
  now(): number;
  /** What a content of the kind names, as it is stored with a version. */
  references: { readonly [K in DocumentKind]?: (content: never) => readonly string[] };
  /** Why a content may not have this name. */
  unfit(kind: DocumentKind, name: string, content: unknown): string | undefined;
  changed(tenantId: string, kind: DocumentKind, change: ResourceChange): void;
}

export interface RenamingService {
  references(
    tenantId: string,
    by: Principal,
    kind: DocumentKind,
    id: string,
  ): Promise<Result<{ name: string; items: NamingDocument[] }, Refusal>>;
  rename(
    tenantId: string,
    by: Principal,
    kind: DocumentKind,
    id: string,
    to: string,
    dryRun: boolean,
  ): Promise<Result<{ from: string; to: string; changes: RenamedDocument[] }, Refusal>>;
}

/** Kinds whose contents name others. */
const naming = ['workflow', 'agent', 'prompt'] as const satisfies readonly DocumentKind[];
/** Documents that name one; more than anybody goes through. */
const most = 1000;
/** A document that is changed at the same moment is read again this often. */
const attempts = 3;

/** Renaming a document with all that names it, and finding that. */
export function createRenamingService(options: RenamingOptions): RenamingService {
  const { resources, access, names } = options;
  const may = (tenantId: string, by: Principal, kind: DocumentKind, what: 'read' | 'write') =>
    access.allows(tenantId, by, `${pluralOf(kind)}:${what}` as Permission);
  const denied = (kind: DocumentKind) =>
    refuse('PERMISSION_DENIED', `Expected the permission ${pluralOf(kind)}:write, but it is not among yours`);
  /** What one may not read is not there. */
  const readable = async (tenantId: string, by: Principal, kind: DocumentKind, id: string) =>
    (await may(tenantId, by, kind, 'read')) ? resources.get(tenantId, kind, id) : undefined;
  const missing = (kind: DocumentKind, id: string) =>
    refuse('NOT_FOUND', `Expected a ${kind} '${id}', but there is none`);

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
    by: Principal,
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
        author: by.username,
        at: new Date(options.now()),
        ...(name !== undefined && { name }),
      });
      if (saved.ok) {
        options.changed(tenantId, kind, {
          change: 'draft',
          id,
          name: name ?? draft.name,
          version: versions.now,
          by: by.username,
        });
        return true;
      }
    }
    return false;
  }

  async function follow(
    tenantId: string,
    by: Principal,
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
          by,
          kind,
          id,
          { before: latest.version, now: latest.version },
          change,
        );
        return { ...user, outcome: followed ? 'changed' : 'kept' };
      }
      const saved = await resources.update(tenantId, kind, id, latest.hash, {
        name: latest.name,
        content,
        author: by.username,
        message: `${change.kind} ${change.from} is called ${change.to} now`,
        at: new Date(options.now()),
        references: referencesOf(kind, content),
      });
      if (!saved.ok) continue;
      const { version } = saved.value;
      options.changed(tenantId, kind, { change: 'updated', id, name: latest.name, version, by: by.username });
      await followDraft(tenantId, by, kind, id, { before: latest.version, now: version }, change);
      return { ...user, version: latest.version, places, outcome: 'changed', newVersion: version };
    }
    return { ...user, outcome: 'kept' };
  }

  function referencesOf(kind: DocumentKind, content: unknown): readonly string[] {
    return options.references[kind]?.(content as never) ?? [];
  }

  return {
    async references(tenantId, by, kind, id) {
      const latest = await readable(tenantId, by, kind, id);
      if (!latest) return missing(kind, id);
      const found = await users(tenantId, { kind, from: latest.name, to: latest.name }, id);
      const seen = new Set<DocumentKind>();
      for (const each of naming) if (await may(tenantId, by, each, 'read')) seen.add(each);
      return ok({ name: latest.name, items: found.filter((user) => seen.has(user.kind)) });
    },

    async rename(tenantId, by, kind, id, given, dryRun) {
      const first = await readable(tenantId, by, kind, id);
      if (!first) return missing(kind, id);
      if (!(await may(tenantId, by, kind, 'write'))) return denied(kind);
      const to = given.trim();
      const name = (kind === 'workflow' ? workflowName : resourceName).safeParse(to);
      if (!name.success)
        return refuse(
          'VALIDATION_FAILED',
          `Expected a name for the ${kind}, but '${to}': ${name.error.issues[0]!.message}`,
          { issues: [{ path: ['name'], message: name.error.issues[0]!.message }] },
        );
      const unfit = options.unfit(kind, to, first.content);
      if (unfit) return refuse('INVALID_STATE', unfit);
      const change: Naming = { kind, from: first.name, to };
      if (to === first.name) return ok({ from: to, to, changes: [] });
      const taken = await resources.getByName(tenantId, kind satisfies ResourceKind, to);
      if (taken && taken.id !== id) return clash(kind, to);
      const found = await users(tenantId, change, id);
      for (const each of documentKinds)
        if (found.some((user) => user.kind === each) && !(await may(tenantId, by, each, 'write')))
          return denied(each);
      if (dryRun)
        return ok({
          from: change.from,
          to,
          changes: found.map((user): RenamedDocument => ({ ...user, outcome: 'planned' })),
        });

      // Nobody names the old name or takes it away meanwhile.
      return names.ending(tenantId, referenceTo(kind, change.from), async () => {
        const latest = await resources.get(tenantId, kind, id);
        if (!latest) return missing(kind, id);
        if (latest.name !== change.from)
          return refuse(
            'IN_USE',
            `Expected the ${kind} '${change.from}', but it is called '${latest.name}' by now`,
          );
        const saved = await resources.update(tenantId, kind, id, latest.hash, {
          name: to,
          content: latest.content,
          author: by.username,
          message: `Renamed from ${change.from}`,
          at: new Date(options.now()),
          references: referencesOf(kind, latest.content),
        });
        if (!saved.ok) {
          if (saved.failure.code === 'ALREADY_EXISTS') return clash(kind, to);
          if (saved.failure.code === 'NOT_FOUND') return missing(kind, id);
          return refuse(
            'VERSION_CONFLICT',
            `Expected the ${kind} as it was, but somebody has saved it since`,
          );
        }
        const { version } = saved.value;
        options.changed(tenantId, kind, { change: 'updated', id, name: to, version, by: by.username });
        await followDraft(tenantId, by, kind, id, { before: latest.version, now: version }, change, to);
        const changes: RenamedDocument[] = [];
        // Read again: what named it between the look and the claim follows as well.
        for (const user of await users(tenantId, change, id))
          changes.push(await follow(tenantId, by, user, change));
        return ok({ from: change.from, to, changes });
      });
    },
  };
}

/** By kind, then by name, as a tree lists them. */
function inTheTree(one: NamingDocument, other: NamingDocument): number {
  const kinds = documentKinds.indexOf(one.kind) - documentKinds.indexOf(other.kind);
  return kinds || one.name.localeCompare(other.name, 'en');
}

function clash(kind: DocumentKind, name: string) {
  return refuse('ALREADY_EXISTS', `Expected a new name for the ${kind}, but '${name}' is taken`, { name });
}

function shown(
  { kind, id, name, version }: Pick<Resource, 'kind' | 'id' | 'name' | 'version'>,
  where: NamingDocument['in'],
  places: NamingDocument['places'],
): NamingDocument {
  return { kind: kind as DocumentKind, id, name, version, in: where, places };
}
