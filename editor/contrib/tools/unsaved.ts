import type { ToolContent } from '@baton/gateway/api';
import type { Platform } from '../../platform/platform.ts';

/** What a trial runs instead of what is saved: only who may save it may. */
export function unsaved({ me }: Pick<Platform, 'me'>, content: ToolContent): { content?: ToolContent } {
  return me.permissions.includes('tools:write') ? { content } : {};
}
