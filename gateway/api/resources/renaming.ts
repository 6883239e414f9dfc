import { z } from 'zod';
import { id } from '../common.ts';
import { route } from '../route.ts';
import { documentKind } from './documents.ts';

const params = z.object({ kind: documentKind, id });

/** Where a document names another one. */
export const namingPlace = z.object({
  /** Into its content: `['tools', '0']`, `['xml']`. */
  path: z.array(z.string()),
  /** Of a process. */
  elementId: z.string().optional(),
  elementName: z.string().optional(),
  /** 1-based, in the text at `path`, where that has lines. */
  line: z.number().int().optional(),
  /** The line or the value as it stands. */
  text: z.string(),
});
export type NamingPlace = z.infer<typeof namingPlace>;

/** A document that names another one, by its latest version or by its draft alone. */
export const namingDocument = z.object({
  kind: documentKind,
  id,
  name: z.string(),
  version: z.number().int(),
  in: z.enum(['version', 'draft']),
  places: z.array(namingPlace),
});
export type NamingDocument = z.infer<typeof namingDocument>;

export const renamedDocument = namingDocument.extend({
  /** `kept`: somebody else changed it meanwhile, again and again; it still has the old name in it. */
  outcome: z.enum(['planned', 'changed', 'kept']),
  /** The version that has the new name. */
  newVersion: z.number().int().optional(),
});
export type RenamedDocument = z.infer<typeof renamedDocument>;

export const renamingRoutes = {
  references: route({
    method: 'GET',
    path: '/documents/:kind/:id/references',
    summary: 'Documents that name this one, with the places where they do; those the caller may read',
    permission: 'signedIn',
    params,
    response: z.object({ name: z.string(), items: z.array(namingDocument) }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  rename: route({
    quota: { takes: ['storageBytes'] },
    method: 'POST',
    path: '/documents/:kind/:id/renaming',
    summary: 'Give a document another name, there and in everything that names it; each gets one new version',
    permission: 'signedIn',
    params,
    body: z.object({
      name: z.string().min(1).max(300),
      /** Only says what would change. */
      dryRun: z.boolean().default(false),
    }),
    response: z.object({ from: z.string(), to: z.string(), changes: z.array(renamedDocument) }),
    status: 200,
    errors: [
      'NOT_FOUND',
      'PERMISSION_DENIED',
      'ALREADY_EXISTS',
      'VALIDATION_FAILED',
      'VERSION_CONFLICT',
      'IN_USE',
      'INVALID_STATE',
    ],
  }),
};
