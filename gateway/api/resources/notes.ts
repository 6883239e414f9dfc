import { z } from 'zod';
import { documentName, versionedRoutes } from './versioned.ts';

/** Markdown that people of a tenant leave for each other. */
export const noteContent = z.object({ text: z.string().max(1_000_000) });
export type NoteContent = z.infer<typeof noteContent>;

export const noteRoutes = versionedRoutes('notes', noteContent, documentName);
export type Note = z.infer<typeof noteRoutes.get.response>;
