import { ok, type Result } from '@baton/engine/protocol';
import { type ApiKeyRecord, jsonHash } from '@baton/infra/store';
import type { ApiKey, apiKeyRoutes } from '../../api/index.ts';
import type { AuditNote } from '../../audit/ports.ts';
import type { Refusal } from '../../refusal.ts';
import { type HandlersOf, listAnswer } from '../handler.ts';
import type { ApiKeyService, IssuedApiKey } from './service.ts';

export function apiKeyHandlers(keys: ApiKeyService, now: () => number): HandlersOf<typeof apiKeyRoutes> {
  const view = (record: ApiKeyRecord) => viewAt(record, now());
  /** The audit gets the hash of what is known of the key, without the key. */
  function shown(issued: Result<IssuedApiKey, Refusal>, audit: AuditNote) {
    if (!issued.ok) return issued;
    const { record, text } = issued.value;
    audit.resource = { kind: 'api-keys', id: record.id };
    audit.after = jsonHash(view(record));
    return ok({ ...view(record), key: text });
  }
  return {
    async list({ tenantId, query }) {
      const { items, total } = await keys.list(tenantId, query);
      return ok(listAnswer(items.map(view), total, query));
    },
    async create({ tenantId, principal, body, audit }) {
      const expiresAt = body.expiresAt === undefined ? undefined : Date.parse(body.expiresAt);
      return shown(await keys.create(tenantId, principal, { ...body, expiresAt }), audit);
    },
    async get({ tenantId, params }) {
      const found = await keys.get(tenantId, params.id);
      return found.ok ? ok(view(found.value)) : found;
    },
    async rotate({ tenantId, principal, params, body, audit }) {
      return shown(await keys.rotate(tenantId, principal, params.id, body.overlap * 1000), audit);
    },
    revoke: ({ tenantId, params }) => keys.revoke(tenantId, params.id),
  };
}

function viewAt(record: ApiKeyRecord, at: number): ApiKey {
  const { id, name, scopes, tools, secrets, createdBy, createdAt, expiresAt, revokedAt, lastUsedAt } = record;
  const instant = (ms: number) => new Date(ms).toISOString();
  const until = secrets[1]?.until;
  return {
    id,
    name,
    scopes,
    ...(tools && { tools }),
    status:
      revokedAt !== undefined ? 'revoked' : expiresAt !== undefined && expiresAt <= at ? 'expired' : 'active',
    createdAt: instant(createdAt),
    createdBy: createdBy.name,
    ...(expiresAt === undefined ? {} : { expiresAt: instant(expiresAt) }),
    ...(revokedAt === undefined ? {} : { revokedAt: instant(revokedAt) }),
    ...(lastUsedAt === undefined ? {} : { lastUsedAt: instant(lastUsedAt) }),
    ...(until === undefined || until <= at ? {} : { replacedUntil: instant(until) }),
  };
}
