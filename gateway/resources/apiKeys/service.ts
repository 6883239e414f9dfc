import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { ApiKeyRecord, ApiKeyStore, Page, PageRequest } from '@baton/infra/store';
import type { Access } from '../../access/access.ts';
import { anyTool, covers } from '../../access/toolPatterns.ts';
import type { Permission } from '../../api/index.ts';
import type { Principal } from '../../auth/principal.ts';
import { keyHash, keyText } from '../../keys/keyText.ts';
import { type Refusal, refuse } from '../../refusal.ts';

export interface NewApiKey {
  name: string;
  scopes: readonly Permission[];
  /** Patterns of tools; without them those of who makes it. */
  tools?: readonly string[] | undefined;
  /** epoch ms. */
  expiresAt: number | undefined;
}

/** A key's record, and the key itself: nobody sees it again. */
export interface IssuedApiKey {
  record: ApiKeyRecord;
  text: string;
}

/**
 * Keys belong to the tenant and outlive the membership of who made them. Nobody gets more out of them than they hold
 * themselves: not by making one, and not by replacing one of wider scopes.
 */
export interface ApiKeyService {
  list(tenantId: string, page: PageRequest): Promise<Page<ApiKeyRecord>>;
  get(tenantId: string, id: string): Promise<Result<ApiKeyRecord, Refusal>>;
  create(tenantId: string, by: Principal, key: NewApiKey): Promise<Result<IssuedApiKey, Refusal>>;
  /** @param overlap ms the replaced key still works */
  rotate(
    tenantId: string,
    by: Principal,
    id: string,
    overlap: number,
  ): Promise<Result<IssuedApiKey, Refusal>>;
  revoke(tenantId: string, id: string): Promise<Result<void, Refusal>>;
}

export interface ApiKeyServiceOptions {
  store: ApiKeyStore;
  access: Access;
  notices: Notices;
  /** epoch ms. */
  now(): number;
  /** 24 hexadecimal digits. */
  newId(): string;
  randomBytes(size: number): Uint8Array;
}

export function createApiKeyService({
  store,
  access,
  notices,
  now,
  newId,
  randomBytes,
}: ApiKeyServiceOptions): ApiKeyService {
  const missing = (id: string) => refuse('NOT_FOUND', `Expected a key '${id}', but there is none`);

  async function mayGive(
    tenantId: string,
    by: Principal,
    scopes: readonly string[],
    expiresAt: number | undefined,
  ): Promise<Result<void, Refusal>> {
    const lacking: string[] = [];
    for (const scope of scopes)
      if (!(await access.allows(tenantId, by, scope as Permission))) lacking.push(scope);
    if (lacking.length > 0) {
      return refuse(
        'PERMISSION_DENIED',
        `Expected scopes that ${by.username} holds, but ${lacking.join(', ')} ${lacking.length > 1 ? 'are' : 'is'} not among them`,
        { lacking },
      );
    }
    if (by.kind === 'key' && (expiresAt ?? Number.MAX_SAFE_INTEGER) > by.expiresAt) {
      return refuse(
        'PERMISSION_DENIED',
        'Expected a key that ends no later than the key that makes it, but it would',
      );
    }
    return ok();
  }

  /** A key calls no tool that who makes it may not call. */
  async function toolsGiven(
    tenantId: string,
    by: Principal,
    scopes: readonly string[],
    wanted: readonly string[] | undefined,
  ): Promise<Result<string[] | undefined, Refusal>> {
    if (!scopes.includes('tools:run')) return ok(undefined);
    const own = await access.toolsOf(tenantId, by);
    const tools = wanted ?? own;
    const lacking = tools.filter((tool) => !own.some((pattern) => covers(pattern, tool)));
    if (lacking.length > 0) {
      return refuse(
        'PERMISSION_DENIED',
        `Expected tools that ${by.username} may call, but ${lacking.join(', ')} ${lacking.length > 1 ? 'are' : 'is'} not among them`,
        { lacking },
      );
    }
    return ok(tools.includes('*') ? undefined : [...new Set(tools)]);
  }

  return {
    list: (tenantId, page) => store.list(tenantId, page),

    async get(tenantId, id) {
      const found = await store.get(tenantId, id);
      return found ? ok(found) : missing(id);
    },

    async create(tenantId, by, { name, scopes, tools, expiresAt }) {
      const at = now();
      if (expiresAt !== undefined && expiresAt <= at) {
        return refuse('VALIDATION_FAILED', 'Expected expiresAt to be in the future, but it is past', {
          issues: [{ path: ['body', 'expiresAt'], message: 'Expected an instant in the future' }],
        });
      }
      const given = await mayGive(tenantId, by, scopes, expiresAt);
      if (!given.ok) return given;
      const called = await toolsGiven(tenantId, by, scopes, tools);
      if (!called.ok) return called;
      const id = newId();
      const text = keyText(id, randomBytes);
      const record: ApiKeyRecord = {
        id,
        tenantId,
        name,
        scopes: [...new Set(scopes)],
        ...(called.value && { tools: called.value }),
        secrets: [{ hash: keyHash(text) }],
        createdBy: { id: by.userId, name: by.username },
        createdAt: at,
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
      await store.create(record);
      return ok({ record, text });
    },

    async rotate(tenantId, by, id, overlap) {
      const found = await store.get(tenantId, id);
      if (!found) return missing(id);
      const given = await mayGive(tenantId, by, found.scopes, found.expiresAt);
      if (!given.ok) return given;
      const called = await toolsGiven(tenantId, by, found.scopes, found.tools ?? anyTool);
      if (!called.ok) return called;
      const text = keyText(id, randomBytes);
      // Of several replaced in a row only the last one still works beside the new one.
      const replaced = found.secrets[0]!;
      const secrets = [
        { hash: keyHash(text) },
        ...(overlap > 0 ? [{ hash: replaced.hash, until: now() + overlap }] : []),
      ];
      if (!(await store.rotate(tenantId, id, replaced.hash, secrets))) {
        return refuse(
          'INVALID_STATE',
          'Expected a key that is in use, but it has been revoked, or replaced by somebody else at this moment',
        );
      }
      await notices.publish({ kind: 'apiKey', tenantId, id });
      return ok({ record: { ...found, secrets }, text });
    },

    async revoke(tenantId, id) {
      if (!(await store.revoke(tenantId, id, now()))) return missing(id);
      await notices.publish({ kind: 'apiKey', tenantId, id });
      return ok();
    },
  };
}
