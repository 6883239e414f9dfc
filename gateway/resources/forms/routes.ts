import type { FormContent, formRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function formHandlers(forms: VersionedService<FormContent>): HandlersOf<typeof formRoutes> {
  return versionedHandlers(forms);
}
