import type { ExpiringStore } from '@baton/infra/store';
import type { Adapter, AdapterPayload } from 'oidc-provider';

/**
 * ms in which a used refresh token still counts as unused: two tabs of one browser renew at the same moment, and neither
 * is a thief. Later use ends the whole sign-in (RFC 9700 §4.14.2).
 */
export const refreshLeeway = 10_000;

/** What the provider keeps (sessions, grants, codes, refresh tokens), in the document store. */
export function expiringAdapter(store: ExpiringStore, now: () => number): (model: string) => Adapter {
  return (model) => {
    const read = async (id: string) => (await store.get(model, id)) as AdapterPayload | undefined;
    const find = async (id: string) => {
      const payload = await read(id);
      const usedAt =
        model === 'RefreshToken' && typeof payload?.consumed === 'number' ? payload.consumed : undefined;
      if (!payload || usedAt === undefined || now() - usedAt * 1000 > refreshLeeway) return payload;
      const { consumed: _justNow, ...unused } = payload;
      return unused;
    };
    const write = (id: string, payload: AdapterPayload, expiresAt: Date | undefined) =>
      store.put(model, id, payload, expiresAt, {
        ...(payload.grantId ? { grantId: payload.grantId } : {}),
        ...(payload.uid ? { uid: payload.uid } : {}),
        ...(payload.userCode ? { userCode: payload.userCode } : {}),
        ...(payload.accountId ? { accountId: payload.accountId } : {}),
      });
    return {
      upsert: (id, payload, expiresIn) =>
        write(id, payload, expiresIn ? new Date(now() + expiresIn * 1000) : undefined),
      find,
      findByUid: async (uid) => (await store.findBy(model, 'uid', uid)) as AdapterPayload | undefined,
      findByUserCode: async (code) =>
        (await store.findBy(model, 'userCode', code)) as AdapterPayload | undefined,
      destroy: (id) => store.remove(model, id),
      revokeByGrantId: (grantId) => store.removeByGrant(grantId),
      async consume(id) {
        const payload = await read(id);
        if (!payload || payload.consumed) return;
        const expiresAt = payload.exp ? new Date(payload.exp * 1000) : undefined;
        await write(id, { ...payload, consumed: Math.floor(now() / 1000) }, expiresAt);
      },
    };
  };
}
