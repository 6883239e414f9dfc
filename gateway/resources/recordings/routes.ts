import { ok } from '@baton/engine/protocol';
import type { recordingRoutes } from '../../api/index.ts';
import type { Answer, HandlersOf } from '../handler.ts';
import type { RecordingService } from './service.ts';

type Rows = typeof recordingRoutes;

export function recordingHandlers(recordings: RecordingService): HandlersOf<Rows> {
  return {
    async get({ tenantId, params: { id } }) {
      const found = await recordings.get(tenantId, id);
      // Values of JSON, which the contract's types tell apart from what was never set.
      return found.ok ? ok(found.value as unknown as Answer<Rows['get']>) : found;
    },
    async ofInstance({ tenantId, params: { key } }) {
      const found = await recordings.ofInstance(tenantId, key);
      return found.ok ? ok({ items: found.value }) : found;
    },
    replay: ({ tenantId, params: { id }, body: { against } }) => recordings.replay(tenantId, id, against),
  };
}
