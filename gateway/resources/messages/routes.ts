import type { EngineClient } from '@baton/engine/client';
import type { messageRoutes } from '../../api/index.ts';
import { refusedByEngine } from '../../refusal.ts';
import type { HandlersOf } from '../handler.ts';

export function messageHandlers({ commands }: EngineClient): HandlersOf<typeof messageRoutes> {
  return {
    async publish({ tenantId, body: { messageId, ...message } }) {
      const published = await commands.publishMessage(tenantId, {
        ...message,
        ...(messageId !== undefined && { messageId }),
      });
      return published.ok ? published : refusedByEngine(published.failure);
    },
  };
}
