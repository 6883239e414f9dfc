import { ok, type Result } from '@baton/engine/protocol';
import type { DraftInfo, ListRequest, PageRequest, Resource, VersionName } from '@baton/infra/store';
import type { AuditNote } from '../../audit/ports.ts';
import type { Refusal } from '../../refusal.ts';
import { listAnswer } from '../handler.ts';
import type { CheckedDraft, VersionedService } from './service.ts';

/** A resource as every kind but workflows answers it. */
export function resourceView<C>(resource: Resource<C>) {
  const { id, name, version, hash, savedAt, author, content } = resource;
  return {
    id,
    name,
    version,
    hash,
    updatedAt: savedAt.toISOString(),
    updatedBy: author,
    content,
    ...stateView(resource),
  };
}

/** Labels of the version and the resource's draft, as every kind answers them. */
export function stateView({ labels, draft }: Pick<Resource, 'labels' | 'draft'>) {
  return { labels, draft: draft ? draftInfoView(draft) : null };
}

const draftInfoView = ({ base, hash, updatedAt, updatedBy }: DraftInfo) => ({
  base,
  hash,
  updatedAt: updatedAt.toISOString(),
  updatedBy,
});

const draftView = (draft: CheckedDraft) => ({
  ...draftInfoView(draft),
  name: draft.name,
  content: draft.content as Record<string, unknown>,
  problems: draft.problems,
});

/** Which version a query names; `undefined` = the latest. */
export function versionOf({ version, label }: VersionedQuery): VersionName | undefined {
  return label === undefined ? version : { label };
}

interface VersionedQuery {
  version?: number | undefined;
  label?: string | undefined;
}

interface VersionedCall {
  principal: { username: string };
  tenantId: string;
  params: { id: string };
  ifMatch?: string;
  audit: AuditNote;
}
type Ask<P extends keyof VersionedCall> = Pick<VersionedCall, P>;
type Writing = Ask<'tenantId' | 'principal' | 'params' | 'ifMatch' | 'audit'>;

/** The handlers of `versionRows`: one translation for all kinds, whatever a kind's resource looks like. */
export function versionHandlers<C, V>(
  service: VersionedService<C>,
  view: (resource: Resource<C>) => V | Promise<V>,
) {
  const answer = async (saved: Result<Resource<C>, Refusal>) =>
    saved.ok ? ok(await view(saved.value)) : saved;
  return {
    async versions({ tenantId, params, query }: Ask<'tenantId' | 'params'> & { query: PageRequest }) {
      const found = await service.versions(tenantId, params.id, query);
      return found.ok ? ok(listAnswer(found.value.items, found.value.total, query)) : found;
    },
    diff: ({
      tenantId,
      params,
      query,
    }: Ask<'tenantId' | 'params'> & { query: { from: string; to: string } }) =>
      service.diff(tenantId, params.id, query.from, query.to),
    async restore({
      tenantId,
      principal,
      params,
      body,
      ifMatch,
    }: Writing & { body: { version: number; message: string } }) {
      const restored = { ...body, author: principal.username };
      return answer(await service.restore(tenantId, params.id, ifMatch ?? '', restored));
    },
    async setLabel({
      tenantId,
      principal,
      params,
      body,
      audit,
    }: Writing & { params: { label: string }; body: { version: number } }) {
      const { id, label } = params;
      const set = await service.setLabel(tenantId, id, label, body.version, principal.username);
      if (!set.ok) return set;
      const { before, ...labelled } = set.value;
      if (before !== undefined) audit.before = before;
      return ok(labelled);
    },
    async removeLabel({ tenantId, principal, params, audit }: Writing & { params: { label: string } }) {
      const removed = await service.removeLabel(tenantId, params.id, params.label, principal.username);
      if (!removed.ok) return removed;
      audit.before = removed.value.hash;
      return ok();
    },
    async getDraft({ tenantId, params }: Ask<'tenantId' | 'params'>) {
      const found = await service.draft(tenantId, params.id);
      return found.ok ? ok(draftView(found.value)) : found;
    },
    async saveDraft({
      tenantId,
      principal,
      params,
      body,
      ifMatch,
    }: Writing & { body: { base: number; name?: string | undefined; content: Record<string, unknown> } }) {
      const draft = { ...body, author: principal.username };
      const saved = await service.saveDraft(tenantId, params.id, ifMatch ?? '', draft);
      return saved.ok ? ok(draftView(saved.value)) : saved;
    },
    discardDraft: ({ tenantId, principal, params, ifMatch }: Writing) =>
      service.discardDraft(tenantId, params.id, ifMatch === '*' ? undefined : ifMatch, principal.username),
    async publish({
      tenantId,
      principal,
      params,
      body,
      ifMatch,
      audit,
    }: Writing & { body: { message: string } }) {
      const author = principal.username;
      const published = await service.publish(tenantId, params.id, ifMatch ?? '', { ...body, author });
      if (!published.ok) return published;
      audit.before = published.value.before;
      return answer(ok(published.value.resource));
    },
  };
}

/** The handlers of `versionedRoutes`. */
export function versionedHandlers<C>(service: VersionedService<C>) {
  const view = (saved: Result<Resource<C>, Refusal>) => (saved.ok ? ok(resourceView(saved.value)) : saved);
  return {
    async list({ tenantId, query: { search, ...page } }: Ask<'tenantId'> & { query: ListRequest }) {
      const { items, total } = await service.list(tenantId, { ...page, search });
      return ok(listAnswer(items.map(resourceView), total, page));
    },
    async create({
      tenantId,
      principal,
      body,
    }: Ask<'tenantId' | 'principal'> & { body: { name: string; content: C; message: string } }) {
      return view(await service.create(tenantId, { ...body, author: principal.username }));
    },
    async get({ tenantId, params, query }: Ask<'tenantId' | 'params'> & { query: VersionedQuery }) {
      return view(await service.get(tenantId, params.id, versionOf(query)));
    },
    async update({
      tenantId,
      principal,
      params,
      body,
      ifMatch,
    }: Writing & { body: { name?: string | undefined; content: C; message: string } }) {
      const saved = await service.update(tenantId, params.id, ifMatch ?? '', (latest) => ({
        name: body.name ?? latest.name,
        content: body.content,
        author: principal.username,
        message: body.message,
      }));
      return view(saved);
    },
    delete: ({ tenantId, principal, params }: Ask<'tenantId' | 'principal' | 'params'>) =>
      service.delete(tenantId, params.id, principal.username),
    ...versionHandlers(service, resourceView),
  };
}
