import { z } from 'zod';
import { instant } from '../common.ts';
import { route } from '../route.ts';

/** What a registry says of a server beside its `server.json`. */
export const registryMeta = 'io.modelcontextprotocol.registry/official';

/** `server.json`, as https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json has it. */
export const registryServer = z.looseObject({
  $schema: z.string(),
  name: z.string(),
  title: z.string().optional(),
  description: z.string().min(1).max(100),
  version: z.string(),
  remotes: z.array(z.looseObject({ type: z.enum(['streamable-http', 'sse']), url: z.string() })).optional(),
  packages: z.array(z.record(z.string(), z.unknown())).optional(),
});
export type RegistryServer = z.infer<typeof registryServer>;

export const registryEntry = z.object({
  server: registryServer,
  _meta: z.object({
    [registryMeta]: z.object({
      status: z.literal('active'),
      publishedAt: instant,
      updatedAt: instant,
      isLatest: z.literal(true),
    }),
  }),
});
export type RegistryEntry = z.infer<typeof registryEntry>;

const servers = z.object({
  servers: z.array(registryEntry),
  metadata: z.object({ count: z.number().int(), nextCursor: z.string().optional() }),
});

/** In reverse domain order, with one slash: `com.example.baton.acme/github`. */
const name = z.string().min(3).max(200);
const version = z.string().min(1).max(255);

/** The tenant's private registry of MCP servers: `<origin>/api/registry` is its base address for clients. */
export const registryRoutes = {
  servers: route({
    method: 'GET',
    path: '/registry/v0.1/servers',
    summary:
      'MCP servers of the tenant in the format of an MCP registry: its own, and those it is connected to',
    permission: 'mcpServers:read',
    query: z.object({
      /** Of the answer before. */
      cursor: z.string().max(300).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
      /** Part of the name. */
      search: z.string().max(200).optional(),
      updated_since: z.iso.datetime({ offset: true }).optional(),
      /** `latest`, or exactly this one. */
      version: version.optional(),
    }),
    response: servers,
    status: 200,
    errors: [],
  }),
  versions: route({
    method: 'GET',
    path: '/registry/v0.1/servers/:name/versions',
    summary: 'What there is of a server: the version of now',
    permission: 'mcpServers:read',
    params: z.object({ name }),
    response: servers,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
  version: route({
    method: 'GET',
    path: '/registry/v0.1/servers/:name/versions/:version',
    summary: 'The server.json of a server; `latest` is the version of now',
    permission: 'mcpServers:read',
    params: z.object({ name, version }),
    response: registryEntry,
    status: 200,
    errors: ['NOT_FOUND'],
  }),
};
