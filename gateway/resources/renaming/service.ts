import { ok, type Result } from '@baton/engine/protocol';
import type { RenamingStore, ResourceKind, ResourceStore } from '@baton/infra/store';
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
import { type Following, naming } from './following.ts';
import type { Naming } from './namedIn.ts';

export interface RenamingOptions {
  resources: ResourceStore;
  following: Following;
  renamings: RenamingStore;
  access: Access;
  names: NameClaims;
  newId(): string;
  now(): number;
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

/** ms in which a document and what names it are renamed; one that never comes back is finished later. */
const renamingTime = 30_000;

/** Renaming a document with all that names it, and finding that. */
export function createRenamingService(options: RenamingOptions): RenamingService {
  const { resources, following, renamings, access, names } = options;
  const may = (tenantId: string, by: Principal, kind: DocumentKind, what: 'read' | 'write') =>
    access.allows(tenantId, by, `${pluralOf(kind)}:${what}` as Permission);
  const denied = (kind: DocumentKind) =>
    refuse('PERMISSION_DENIED', `Expected the permission ${pluralOf(kind)}:write, but it is not among yours`);
  /** What one may not read is not there. */
  const readable = async (tenantId: string, by: Principal, kind: DocumentKind, id: string) =>
    (await may(tenantId, by, kind, 'read')) ? resources.get(tenantId, kind, id) : undefined;
  const missing = (kind: DocumentKind, id: string) =>
    refuse('NOT_FOUND', `Expected a ${kind} '${id}', but there is none`);

  return {
    async references(tenantId, by, kind, id) {
      const latest = await readable(tenantId, by, kind, id);
      if (!latest) return missing(kind, id);
      const found = await following.users(tenantId, { kind, from: latest.name, to: latest.name }, id);
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
      const found = await following.users(tenantId, change, id);
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
        const renaming = { id: options.newId(), tenantId, kind, resourceId: id, author: by.username };
        const until = new Date(options.now() + renamingTime);
        await renamings.begin({ ...renaming, from: change.from, to, version: latest.version, until });
        const saved = await resources.update(tenantId, kind, id, latest.hash, {
          name: to,
          content: latest.content,
          author: by.username,
          message: `Renamed from ${change.from}`,
          at: new Date(options.now()),
          references: following.referencesOf(kind, latest.content),
        });
        if (!saved.ok) {
          await renamings.end(tenantId, renaming.id);
          if (saved.failure.code === 'ALREADY_EXISTS') return clash(kind, to);
          if (saved.failure.code === 'NOT_FOUND') return missing(kind, id);
          return refuse(
            'VERSION_CONFLICT',
            `Expected the ${kind} as it was, but somebody has saved it since`,
          );
        }
        const { version } = saved.value;
        options.changed(tenantId, kind, { change: 'updated', id, name: to, version, by: by.username });
        const versions = { before: latest.version, now: version };
        await following.ownDraft(tenantId, by.username, kind, id, versions, change);
        const changes = await following.follow(tenantId, by.username, change, id);
        await renamings.end(tenantId, renaming.id);
        return ok({ from: change.from, to, changes });
      });
    },
  };
}

function clash(kind: DocumentKind, name: string) {
  return refuse('ALREADY_EXISTS', `Expected a new name for the ${kind}, but '${name}' is taken`, { name });
}
