import { z } from 'zod';
import { id, instant, listOf } from '../common.ts';
import { route } from '../route.ts';

/** Kinds of documents: what a tenant keeps in versions and sees as files. */
export const documentKinds = [
  'workflow',
  'agent',
  'tool',
  'task',
  'prompt',
  'policy',
  'form',
  'decision',
  'note',
] as const;
export const documentKind = z.enum(documentKinds);
export type DocumentKind = z.infer<typeof documentKind>;

/** `workflow,form`: kinds in a query. */
export const kindsQuery = z
  .string()
  .max(200)
  .transform((text) => text.split(','))
  .pipe(z.array(documentKind).min(1));

/** A document as a tree lists it. */
export const documentRow = z.object({
  kind: documentKind,
  id,
  name: z.string(),
  version: z.number().int(),
  hash: z.string(),
  updatedAt: instant,
  updatedBy: z.string(),
  /** Who works on it. */
  draft: z.object({ updatedAt: instant, updatedBy: z.string() }).optional(),
  /** What others name it by beside its name: `form/approve`, `decision/discount`. */
  defines: z.array(z.string()),
});
export type DocumentRow = z.infer<typeof documentRow>;

export const documentRoutes = {
  list: route({
    method: 'GET',
    path: '/documents',
    summary: 'Documents of all kinds the caller may read, by kind and name',
    permission: 'signedIn',
    query: z.object({
      kinds: kindsQuery.optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(1000),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    response: listOf(documentRow),
    status: 200,
    errors: [],
  }),
};
