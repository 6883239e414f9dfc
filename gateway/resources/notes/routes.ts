import type { NoteContent, noteRoutes } from '../../api/index.ts';
import type { HandlersOf } from '../handler.ts';
import { type VersionedService, versionedHandlers } from '../versioned/index.ts';

export function noteHandlers(notes: VersionedService<NoteContent>): HandlersOf<typeof noteRoutes> {
  return versionedHandlers(notes);
}
