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

/** A file of a folder; `path` goes down from there with `/`. */
export const documentFile = z.object({ path: z.string().min(1).max(1000), text: z.string() });
export type DocumentFile = z.infer<typeof documentFile>;

/** What happens with a file whose document is there with another content. */
export const onClash = z.enum(['fail', 'skip', 'newVersion', 'rename']);
export type OnClash = z.infer<typeof onClash>;

export const fileImport = z.object({
  files: z.array(documentFile).min(1).max(2_000),
  onClash: onClash.default('fail'),
  /** By path, where one is to be treated otherwise than the rest. */
  choices: z.record(z.string(), onClash).default({}),
  message: z.string().max(500).default(''),
});
export type FileImport = z.infer<typeof fileImport>;

/** What becomes, or would become, of a file. */
export const importedFile = z.object({
  path: z.string(),
  kind: documentKind.optional(),
  name: z.string().optional(),
  action: z.enum(['created', 'newVersion', 'unchanged', 'skipped', 'ignored', 'refused']),
  /** The document there is by now, and its version. */
  id: id.optional(),
  version: z.number().int().optional(),
  /** It is there with another content: `onClash` decides. */
  clash: z.boolean().optional(),
  problems: z.array(
    z.object({
      path: z.string(),
      line: z.number().int().optional(),
      column: z.number().int().optional(),
      code: z.string(),
      message: z.string(),
    }),
  ),
});
export type ImportedFile = z.infer<typeof importedFile>;

/** A place in a document that has what was searched; all from 1. */
export const documentHit = z.object({
  kind: documentKind,
  id,
  name: z.string(),
  /** Which of its texts: `.tool.ts`, `.tool.json`. */
  ending: z.string(),
  /** It stands in one's own draft. */
  draft: z.boolean(),
  line: z.number().int(),
  column: z.number().int(),
  length: z.number().int(),
  /** The line, cut around the hit where it is long. */
  preview: z.string(),
  /** Where the hit begins in the preview, from 0. */
  previewColumn: z.number().int(),
});
export type DocumentHit = z.infer<typeof documentHit>;

/** A named thing inside of a document. */
export const documentSymbol = z.object({
  document: z.object({ kind: documentKind, id, name: z.string() }),
  name: z.string(),
  /** In the user's words: `User task`, `Heading`. */
  type: z.string(),
  /** Its id, where it has one. */
  element: z.string(),
  ending: z.string(),
  line: z.number().int(),
});
export type DocumentSymbol = z.infer<typeof documentSymbol>;

const flag = z.stringbool().default(false);

const importReport = z.object({ files: z.array(importedFile) });

export const documentRoutes = {
  search: route({
    method: 'GET',
    path: '/documents/search',
    summary: 'Where documents have a text: what is published, and one’s own drafts in place of it',
    permission: 'signedIn',
    query: z.object({
      text: z.string().min(1).max(1000),
      kinds: kindsQuery.optional(),
      /** The text is a regular expression (RE2). */
      regex: flag,
      case: flag,
      word: flag,
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
    response: z.object({
      hits: z.array(documentHit),
      /** Documents with hits. */
      documents: z.number().int(),
      /** False when there are more than `limit`. */
      complete: z.boolean(),
    }),
    status: 200,
    errors: [],
  }),
  symbols: route({
    method: 'GET',
    path: '/documents/symbols',
    summary:
      'Named things inside of documents: elements, fields, functions, headings; by words that all have to be there, in any order: one in the name, others in the type or the document’s name',
    permission: 'signedIn',
    query: z.object({
      text: z.string().max(200).default(''),
      kinds: kindsQuery.optional(),
      limit: z.coerce.number().int().min(1).max(5000).default(1000),
    }),
    response: z.object({ symbols: z.array(documentSymbol), complete: z.boolean() }),
    status: 200,
    errors: [],
  }),
  exportFiles: route({
    method: 'GET',
    path: '/documents/export',
    summary:
      'Latest versions as files of a folder that a Git repository can hold: sorted, the same bytes each time',
    permission: 'signedIn',
    query: z.object({
      kinds: kindsQuery.optional(),
      /** Ids, separated by commas; all without it. */
      ids: z
        .string()
        .max(60_000)
        .transform((text) => text.split(','))
        .pipe(z.array(id).max(1000))
        .optional(),
    }),
    response: z.object({ files: z.array(documentFile) }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  checkFiles: route({
    method: 'POST',
    path: '/documents/import/check',
    summary: 'What an import of these files would do, file by file',
    permission: 'signedIn',
    body: fileImport,
    response: importReport,
    status: 200,
    errors: [],
    question: true,
  }),
  importFiles: route({
    method: 'POST',
    path: '/documents/import',
    summary: 'Save files as documents: each whole or not at all, with what became of it',
    permission: 'signedIn',
    body: fileImport,
    response: importReport,
    status: 200,
    errors: [],
  }),
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
