import { ok } from '@baton/engine/protocol';
import type { PreferenceStore, Preferences as Stored } from '@baton/infra/store';
import { type Preferences, type preferenceRoutes, preferencesLimit } from '../../api/index.ts';
import { callerId } from '../../auth/principal.ts';
import { refuse } from '../../refusal.ts';
import type { HandlersOf } from '../handler.ts';

export function preferenceHandlers(store: PreferenceStore): HandlersOf<typeof preferenceRoutes> {
  const view = ({ content, hash }: Stored) => ok({ preferences: content as Preferences, hash });
  return {
    get: async ({ tenantId, principal }) => view(await store.get(tenantId, callerId(principal))),
    async save({ tenantId, principal, body, ifMatch, audit }) {
      audit.resource = { kind: 'preferences', id: principal.userId };
      const size = Buffer.byteLength(JSON.stringify(body));
      if (size > preferencesLimit) {
        return refuse(
          'BODY_TOO_LARGE',
          `Expected preferences of at most ${preferencesLimit} bytes, but these have ${size}`,
        );
      }
      const saved = await store.put(
        tenantId,
        callerId(principal),
        body,
        ifMatch === '*' ? undefined : ifMatch,
      );
      if (saved.ok) return view(saved.value);
      return refuse(
        'VERSION_CONFLICT',
        'Expected the preferences that were read, but they were changed meanwhile',
        { latest: saved.failure.latest.hash },
      );
    },
  };
}
