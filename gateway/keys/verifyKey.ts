import { timingSafeEqual } from 'node:crypto';
import { ok, type Result } from '@baton/engine/protocol';
import type { Notices } from '@baton/infra/coordination';
import type { ApiKeyRecord, ApiKeyStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import { type Permission, permissions } from '../api/index.ts';
import type { Principal } from '../auth/principal.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { keyHash, keyId } from './keyText.ts';

export type VerifyKey = (key: string) => Promise<Result<Principal, Refusal>>;

export interface KeyVerifierOptions {
  store: ApiKeyStore;
  notices: Notices;
  /** epoch ms. */
  now(): number;
  log: Logger;
}

/** Keys kept after the first use. */
const cacheLimit = 10_000;
/** ms between two writes of when a key was last used. */
const usedEvery = 5 * 60_000;

const isPermission = (scope: string): scope is Permission =>
  (permissions as readonly string[]).includes(scope);

/** Whose key it is. Keys are kept in memory and forgotten by the notice of their change. */
export function createKeyVerifier({ store, notices, now, log }: KeyVerifierOptions): {
  verify: VerifyKey;
  close(): void;
} {
  const known = new Map<string, ApiKeyRecord>();
  /** Counts what was forgotten: a key read before a change must not be kept after it. */
  let forgotten = 0;

  const unsubscribe = notices.subscribe(
    ({ kind, id }) => {
      if (kind !== 'apiKey') return;
      forgotten += 1;
      if (id === undefined) known.clear();
      else known.delete(id);
    },
    () => {
      forgotten += 1;
      known.clear();
    },
  );

  async function read(id: string): Promise<ApiKeyRecord | undefined> {
    const kept = known.get(id);
    if (kept) return kept;
    const before = forgotten;
    const found = await store.find(id);
    if (found && before === forgotten) {
      if (known.size >= cacheLimit) known.delete(known.keys().next().value!);
      known.set(id, found);
    }
    return found;
  }

  function noteUse(key: ApiKeyRecord, at: number) {
    if (at - (key.lastUsedAt ?? 0) < usedEvery) return;
    key.lastUsedAt = at;
    store
      .used(key.tenantId, key.id, at)
      .catch((err) => log.warn({ err, keyId: key.id }, 'the last use of a key could not be written'));
  }

  return {
    async verify(text) {
      const id = keyId(text);
      const key = id === undefined ? undefined : await read(id);
      const at = now();
      if (!key || !accepts(key, text, at)) {
        return refuse('API_KEY_INVALID', 'Expected a key of this product in X-API-KEY, but it is not one');
      }
      if (key.revokedAt !== undefined) {
        return refuse('API_KEY_INVALID', 'Expected a key that is in use, but it has been revoked');
      }
      if (key.expiresAt !== undefined && key.expiresAt <= at) {
        return refuse('API_KEY_EXPIRED', 'Expected a key that is still valid, but it has expired');
      }
      noteUse(key, at);
      return ok({
        kind: 'key',
        userId: key.id,
        username: key.name,
        name: key.name,
        tenantId: key.tenantId,
        roles: [],
        scopes: key.scopes.filter(isPermission),
        ...(key.tools && { tools: key.tools }),
        issuedAt: key.createdAt,
        expiresAt: key.expiresAt ?? Number.MAX_SAFE_INTEGER,
      });
    },
    close: unsubscribe,
  };
}

function accepts({ secrets }: ApiKeyRecord, text: string, at: number): boolean {
  const presented = Buffer.from(keyHash(text), 'hex');
  return secrets.some(
    ({ hash, until }) =>
      (until === undefined || until > at) && timingSafeEqual(presented, Buffer.from(hash, 'hex')),
  );
}
