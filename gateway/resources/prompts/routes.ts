import type { PromptContent, promptRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function promptHandlers(prompts: VersionedService<PromptContent>): HandlersOf<typeof promptRoutes> {
  return versionedHandlers(prompts);
}
