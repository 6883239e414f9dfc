import { z } from 'zod';
import { id, idParams, listOf, page } from '../common.ts';
import { route } from '../route.ts';
import { toolContent, toolTag } from './tools.ts';
import { contentProblem } from './versioned.ts';

const schema = z.record(z.string(), z.unknown());

/** What a tool is called, whatever its origin: `refund`, `http.request`, `github.create_issue`. */
export const catalogName = z.string().min(1).max(260);
const nameParams = z.object({ name: catalogName });

/** Where a tool comes from, as `ToolOrigin` of `@baton/tools-registry/contract`. */
export const toolOrigin = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved') }),
  z.object({ kind: z.literal('builtIn') }),
  /** `tool` is its name there. */
  z.object({ kind: z.literal('mcp'), serverId: z.string(), server: z.string(), tool: z.string() }),
]);

export const catalogEntry = z.object({
  id: z.string(),
  name: catalogName,
  description: z.string(),
  tags: z.array(z.string()),
  origin: toolOrigin,
  version: z.number().int(),
  sideEffect: z.boolean(),
  egress: z.boolean(),
  approval: toolContent.shape.approval.unwrap(),
  /** `notGranted`: it declares more than an admin has granted; `unavailable`: its server is out of reach. */
  state: z.enum(['ready', 'quarantined', 'unavailable', 'notGranted']),
  /** How well it fits what was asked: 1 fits best; without a question there is none. */
  score: z.number().optional(),
});
export type CatalogEntry = z.infer<typeof catalogEntry>;

/** A tag with how many of the found tools have it. */
export const tagCount = z.object({ tag: z.string(), count: z.number().int() });

const user = z.object({ id, name: z.string() });
/** Whose latest versions name the tool. */
export const toolUsage = z.object({ agents: z.array(user), workflows: z.array(user) });
export type ToolUsage = z.infer<typeof toolUsage>;

/** A tool as a file: the same tool gives the same bytes, wherever and whenever it is exported. */
export const toolDocument = z.strictObject({
  format: z.literal('baton-tool'),
  formatVersion: z.literal(1),
  name: z.string(),
  content: z.record(z.string(), z.unknown()),
});
export type ToolDocument = z.infer<typeof toolDocument>;

/** The bytes of the file, and what it is called. */
export const toolDocumentText = (document: ToolDocument) => `${JSON.stringify(document, undefined, 2)}\n`;
export const toolDocumentFile = ({ name }: ToolDocument) => `${name}.tool.json`;

export const toolImport = z.object({
  /** Documents as they were exported. */
  tools: z.array(z.unknown()).min(1).max(500),
  mode: z.enum(['check', 'write']),
  /** A name that is taken by another content: refused, saved as its next version, or left as it is. */
  conflicts: z.enum(['refuse', 'update', 'skip']).default('refuse'),
});
export type ToolImport = z.infer<typeof toolImport>;

/** What importing one tool does, or why it is refused. */
export const importedTool = z.object({
  name: z.string(),
  action: z.enum(['create', 'update', 'none', 'refuse']),
  /** Of the tool that is there, or was made. */
  id: id.optional(),
  version: z.number().int().optional(),
  problems: z.array(contentProblem),
});
export type ImportedTool = z.infer<typeof importedTool>;

/** An element template as Camunda's tools read it. */
export const elementTemplate = z.looseObject({
  $schema: z.string(),
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  description: z.string().optional(),
  appliesTo: z.array(z.string()),
  properties: z.array(z.record(z.string(), z.unknown())),
});
export type ElementTemplate = z.infer<typeof elementTemplate>;

export const toolCatalogRoutes = {
  search: route({
    method: 'GET',
    path: '/tools/catalog',
    summary:
      'Tools of every origin that one may see: all, the tenant’s own first, or what fits the words and the meaning of `q`',
    permission: 'tools:read',
    query: page.extend({
      q: z.string().trim().max(500).optional(),
      tag: toolTag.optional(),
      origin: z.enum(['saved', 'builtIn', 'mcp']).optional(),
      /** Name of an MCP server. */
      server: z.string().max(63).optional(),
    }),
    response: listOf(catalogEntry).extend({ tags: z.array(tagCount) }),
    status: 200,
    errors: [],
  }),
  read: route({
    method: 'GET',
    path: '/tools/catalog/:name',
    summary: 'One tool of any origin, with its schemas and who uses it',
    permission: 'tools:read',
    params: nameParams,
    response: catalogEntry.extend({ input: schema, output: schema, usage: toolUsage }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  elementTemplateByName: route({
    method: 'GET',
    path: '/tools/catalog/:name/element-template',
    summary: 'A tool of any origin as an element template of Camunda: a service task with its inputs',
    permission: 'tools:read',
    params: nameParams,
    response: elementTemplate,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  elementTemplate: route({
    method: 'GET',
    path: '/tools/:id/element-template',
    summary: 'A saved tool as an element template of Camunda',
    permission: 'tools:read',
    params: idParams,
    response: elementTemplate,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  exportTools: route({
    method: 'GET',
    path: '/tools/export',
    summary: 'Saved tools as documents, one a file: those named, separated by commas, or all',
    permission: 'tools:read',
    query: z.object({ names: z.string().max(20_000).optional() }),
    response: z.object({ tools: z.array(toolDocument) }),
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  importTools: route({
    method: 'POST',
    path: '/tools/import',
    summary:
      'Save tools that were exported: all of them, or none when one is refused. `check` tells, and saves nothing',
    permission: 'tools:write',
    quota: { takes: ['storageBytes'] },
    body: toolImport,
    response: z.object({ written: z.boolean(), tools: z.array(importedTool) }),
    status: 200,
    errors: ['ALREADY_EXISTS'],
  }),
};
