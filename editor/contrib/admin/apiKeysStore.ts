import { type ApiKey, apiKeyRoutes } from '@baton/gateway/api';
import { createStore } from 'zustand/vanilla';
import type { Readable } from '../../base/readable.ts';
import type { ResponseOf } from '../../platform/api.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { type ApiKeyDraft, keyBody } from './apiKeyDraft.ts';
import { createRecords, type Records } from './liveRecords.ts';

/** A key with the key itself: shown this once. */
export type IssuedKey = ResponseOf<typeof apiKeyRoutes.create>;

export interface ApiKeys extends Records<ApiKey> {
  /** The key that was just made or replaced. */
  readonly issued: Readable<IssuedKey | undefined>;
  forgetIssued(): void;
  create(draft: ApiKeyDraft): Promise<Failure | undefined>;
  /** @param overlap seconds the replaced key still works */
  rotate(key: ApiKey, overlap: number): Promise<Failure | undefined>;
  /** Asks first. */
  revoke(key: ApiKey): Promise<void>;
}

/** The tenant's keys for programs. */
export function createApiKeys(platform: Platform): ApiKeys {
  const { api, dialogs, notifications, clock } = platform;
  const issued = createStore<{ last: IssuedKey | undefined }>(() => ({ last: undefined }));
  const records = createRecords<ApiKey>(platform, ['api-keys'], () =>
    everyPage((query) => api.call(apiKeyRoutes.list, { query })),
  );
  return {
    ...records,
    issued: { getState: () => issued.getState().last, subscribe: issued.subscribe },
    forgetIssued: () => issued.setState({ last: undefined }),
    select(id) {
      issued.setState({ last: undefined });
      records.select(id);
    },
    async create(draft) {
      const answer = await api.call(apiKeyRoutes.create, { body: keyBody(draft, clock.now()) });
      if (!answer.ok) return answer.failure;
      issued.setState({ last: answer.value });
      records.select(answer.value.id);
      await records.read();
      return undefined;
    },
    async rotate({ id }, overlap) {
      const answer = await api.call(apiKeyRoutes.rotate, { params: { id }, body: { overlap } });
      await records.read();
      if (!answer.ok) return answer.failure;
      issued.setState({ last: answer.value });
      return undefined;
    },
    async revoke({ id, name }) {
      const chosen = await dialogs.ask({
        title: `Revoke ${name}?`,
        message: 'Programs with this key are refused at once, and it cannot be given back.',
        actions: [{ id: 'revoke', title: 'Revoke', danger: true }],
      });
      if (chosen !== 'revoke') return;
      const answer = await api.call(apiKeyRoutes.revoke, { params: { id } });
      if (!answer.ok) notifications.failure(answer.failure);
      await records.read();
    },
  };
}
