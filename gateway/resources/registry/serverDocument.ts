import type { McpServer } from '@baton/infra/store';
import type { McpAuth, McpTransport } from '@baton/tools-registry/contract';
import type { RegistryServer } from '../../api/index.ts';

const $schema = 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json';
/** Characters a description may have there. */
const LONGEST = 100;

/** Names of a tenant's servers begin with this: the host in reverse, then the tenant. */
export function namespaceOf(origin: string, tenantId: string): string {
  const { hostname } = new URL(origin);
  const isAddress = /^[\d.]+$|:/.test(hostname);
  const host = isAddress ? hostname.replace(/[^\w.]+/g, '-') : hostname.split('.').reverse().join('.');
  return `${host}.${tenantId}`.replace(/[^a-zA-Z0-9.-]+/g, '-');
}

/** Our own MCP server, as the tenant's people reach it. No connected server's name has a dot, so none is called like it. */
export function ownServer(origin: string, tenantId: string, version: string): RegistryServer {
  return {
    $schema,
    name: `${namespaceOf(origin, tenantId)}/baton.mcp`,
    title: 'Baton',
    description: short(`Tools, processes and prompts of ${tenantId}`),
    version,
    websiteUrl: origin,
    remotes: [
      {
        type: 'streamable-http',
        url: `${origin}/mcp`,
        headers: [
          {
            name: 'Authorization',
            description: 'Bearer and an access token; without it, clients find the issuer by themselves',
            isSecret: true,
          },
        ],
      },
    ],
  };
}

/** A server the tenant is connected to, without anything that is secret. */
export function connectedServer(origin: string, server: McpServer): RegistryServer {
  const { tenantId, name, description, revision } = server;
  const transport = server.transport as McpTransport;
  return {
    $schema,
    name: `${namespaceOf(origin, tenantId)}/${name}`,
    title: name,
    description: short(description) || short(`MCP server ${name} of ${tenantId}`),
    version: `1.0.${revision}`,
    ...(transport.kind === 'stdio' ? packaged(transport) : remote(transport, server.auth as McpAuth)),
  };
}

function remote({ kind, url }: Exclude<McpTransport, { kind: 'stdio' }>, auth: McpAuth) {
  const header = auth.kind === 'header' ? auth.name : auth.kind === 'user' ? auth.header : undefined;
  return {
    remotes: [
      {
        type: kind === 'sse' ? ('sse' as const) : ('streamable-http' as const),
        url,
        ...(header === undefined ? {} : { headers: [{ name: header, isRequired: true, isSecret: true }] }),
      },
    ],
  };
}

/** Programs that run a package of a public registry, and which. */
const runners: { readonly [command: string]: string } = { npx: 'npm', uvx: 'pypi' };

/** A command is a package where it runs one; else it is of this installation, and nobody else can start it. */
function packaged({ command, args, env }: Extract<McpTransport, { kind: 'stdio' }>) {
  const registryType = runners[command];
  const at = args.findIndex((argument) => !argument.startsWith('-'));
  if (registryType === undefined || at === -1) return {};
  const [, identifier = '', version] = /^(@?[^@]+)(?:@(.+))?$/.exec(args[at]!) ?? [];
  if (identifier === '') return {};
  const positional = (value: string) => ({ type: 'positional', value });
  return {
    packages: [
      {
        registryType,
        identifier,
        ...(version && version !== 'latest' ? { version } : {}),
        transport: { type: 'stdio' },
        runtimeHint: command,
        runtimeArguments: args.slice(0, at).map(positional),
        packageArguments: args.slice(at + 1).map(positional),
        environmentVariables: Object.entries(env).map(([name, value]) => ({
          name,
          ...('secret' in value ? { isRequired: true, isSecret: true } : { value: value.value }),
        })),
      },
    ],
  };
}

const short = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);
