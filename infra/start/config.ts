import { join } from 'node:path';
import { readNetworks } from '@baton/gateway';
import { network, quotaNames, rateNames, tenantId } from '@baton/gateway/api';
import { z } from 'zod';

/** One environment variable of the product: its name, what it does, and how its text is read. */
interface Variable<T> {
  meaning: string;
  read: z.ZodType<T, string | undefined>;
}

const port = (fallback: number) =>
  z
    .string()
    .default(String(fallback))
    .transform((text, issue) => {
      const value = Number(text);
      if (Number.isInteger(value) && value >= 0 && value <= 65_535) return value;
      issue.addIssue(`Expected a port from 0 to 65535, but got '${text}'`);
      return z.NEVER;
    });

const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === '' ? undefined : text));

const optionalUrl = optionalText.transform((text, issue) => {
  if (text === undefined || URL.canParse(text)) return text?.replace(/\/$/, '');
  issue.addIssue(`Expected a URL, but got '${text}'`);
  return z.NEVER;
});

/** `a, b`: each as `item` takes it. */
const list = <T>(item: z.ZodType<T, string>) =>
  optionalText.transform((text, issue): T[] => {
    const parts = (text ?? '').split(',').map((part) => part.trim());
    return parts.filter(Boolean).flatMap((part) => {
      const read = item.safeParse(part);
      if (read.success) return [read.data];
      issue.addIssue(read.error.issues[0]?.message ?? `Expected something else than '${part}'`);
      return [];
    });
  });

const megabytes = optionalText.transform((text, issue) => {
  if (text === undefined || /^[1-9]\d{1,7}$/.test(text)) return text === undefined ? undefined : Number(text);
  issue.addIssue(`Expected a number of MB, 10 or more, but got '${text}'`);
  return z.NEVER;
});

const networks = list(network);
const ownNetworks = optionalText.transform((text, issue) => {
  const networks = text === undefined ? undefined : readNetworks(text);
  if (networks?.ok !== false) return networks?.value;
  issue.addIssue(networks.failure);
  return z.NEVER;
});
const tenantNames = list(tenantId);

const origins = list(
  z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    error: ({ input }) => `Expected an origin such as https://ide.example.com, but got '${input}'`,
  }),
);

/** `name=number, name=number` of the given names. */
const numbers = <N extends string>(names: readonly N[]) =>
  list(
    z.string().transform((text, issue): [N, number] => {
      const [name = '', number = ''] = text.split('=').map((part) => part.trim());
      if ((names as readonly string[]).includes(name) && /^\d{1,15}$/.test(number))
        return [name as N, Number(number)];
      issue.addIssue(`Expected name=number with a name of ${names.join(', ')}, but got '${text}'`);
      return z.NEVER;
    }),
  ).transform((pairs) => Object.fromEntries(pairs) as { [K in N]?: number });

function variable<T>(meaning: string, read: z.ZodType<T, string | undefined>): Variable<T> {
  return { meaning, read };
}

/** Every variable the product reads. Nothing else looks at the environment. */
export const variables = {
  PORT: variable('Port of the web address', port(3000)),
  HOST: variable('Address the web server listens on', z.string().default('127.0.0.1')),
  PUBLIC_URL: variable('Address browsers use, when it differs from http(s)://HOST:PORT', optionalUrl),
  TENANT_DOMAIN: variable(
    'acme.TENANT_DOMAIN is the address of tenant acme; without it, below the host of PUBLIC_URL',
    optionalText,
  ),
  TENANTS: variable('Tenants made at the first start, by commas; others by POST /api/tenants', tenantNames),
  EDITOR_ORIGINS: variable('Origins besides whose pages may sign in and use the API', origins),
  TLS: variable(
    'self-signed: HTTPS with a certificate made at the first start',
    z.enum(['off', 'self-signed']).default('off') as z.ZodType<'off' | 'self-signed', string | undefined>,
  ),
  TLS_CERT: variable('File of a certificate (PEM) for HTTPS', optionalText),
  TLS_KEY: variable('File of its key (PEM)', optionalText),
  TRUSTED_PROXIES: variable('Proxies whose X-Forwarded-For is believed: addresses, networks', networks),
  IP_ALLOW: variable('Addresses and networks let in; all, if there is none', networks),
  IP_DENY: variable('Addresses and networks kept out', networks),
  RATE_LIMITS: variable(
    'Requests a minute that differ from the defaults: user.read=3000, …',
    numbers(rateNames),
  ),
  BURST_PER_SECOND: variable(
    'Requests a second of one address, whoever it is',
    z
      .string()
      .regex(/^\d{1,9}$/, 'Expected a number')
      .default('1000')
      .transform(Number),
  ),
  QUOTAS: variable('What a tenant may have, if nothing else is set: agents=500, …', numbers(quotaNames)),
  BATON_DATA: variable('Folder of everything that is kept', optionalText),
  LOG_LEVEL: variable(
    'Least severe log line that is printed',
    z.enum(['fatal', 'error', 'warn', 'info', 'debug']).default('warn') as z.ZodType<
      string,
      string | undefined
    >,
  ),
  ENGINE_HOST: variable('Address the embedded broker listens on', z.string().default('127.0.0.1')),
  ENGINE_GRPC_PORT: variable('Port of the embedded broker for Zeebe clients', port(26_500)),
  ENGINE_REST_PORT: variable('Port of the embedded broker for the /v2 API', port(8088)),
  ZEEBE_ADDRESS: variable('host:port of a real Zeebe gateway, instead of the embedded broker', optionalText),
  ZEEBE_REST_ADDRESS: variable('Base URL of the /v2 API of that cluster', optionalUrl),
  ZEEBE_ONLY_TENANT: variable('The tenant that cluster serves when its multi-tenancy is off', optionalText),
  MONGODB_URI: variable('A real MongoDB, instead of the embedded document store', optionalText),
  OIDC_ISSUER: variable('A real OpenID Connect issuer, instead of the embedded one', optionalUrl),
  OIDC_CLIENT_ID: variable('Client id of the editor at that issuer', z.string().default('baton-editor')),
  OIDC_AUDIENCE: variable('Audience its access tokens must name', z.string().default('baton-api')),
  OIDC_TENANT_CLAIM: variable('Claim of its tokens that names the tenant', z.string().default('tenant')),
  OIDC_ADMIN_CLIENT_ID: variable(
    'Client that manages the people of a Keycloak realm and signs programs in',
    z.string().default('baton-gateway'),
  ),
  OIDC_ADMIN_CLIENT_SECRET: variable(
    'Its secret; without it, people are managed at the issuer only',
    optionalText,
  ),
  REGISTRATION: variable(
    '`open` lets strangers make themselves a tenant',
    z.enum(['closed', 'open']).default('closed') as z.ZodType<'closed' | 'open', string | undefined>,
  ),
  CHROMA_URL: variable('A Chroma server; its state shows in /health/ready', optionalUrl),
  REDIS_URL: variable('A Redis server, for limits and notices that several gateways share', optionalUrl),
  BATON_SECRET_KEYS: variable(
    'Keys of what is stored encrypted: 32 bytes each in base64, separated by commas; the first one encrypts',
    optionalText,
  ),
  PROVIDER_NETWORKS: variable(
    'Networks of our own that providers of models may be in: loopback, private, addresses, ranges like 10.1.0.0/16',
    ownNetworks,
  ),
  MCP_NETWORKS: variable('Networks of our own that MCP servers may be in, as PROVIDER_NETWORKS', ownNetworks),
  MCP_STDIO: variable(
    '`on` lets admins approve commands of this machine as MCP servers; in development it is on unless it is `off`',
    z.enum(['on', 'off']).optional() as z.ZodType<'on' | 'off' | undefined, string | undefined>,
  ),
  LLM_BASE_URL: variable(
    'Base URL of an OpenAI-compatible server: every tenant’s provider openai-compatible',
    optionalUrl,
  ),
  LLM_API_KEY: variable('Its key', optionalText),
  LOCAL_MODELS: variable(
    'Folder of models in GGUF files that run on this machine; without it, local-models below the data',
    optionalText,
  ),
  LOCAL_RUNTIME: variable(
    'Folder `npm run local-models` installs into; without it, local-runtime below the data',
    optionalText,
  ),
  LOCAL_MEMORY: variable('MB a model of this machine may take; without it, half of the memory', megabytes),
  LLM_MODELS: variable('Its models that programs may name in runs of agents, by commas', optionalText),
} satisfies Record<string, Variable<unknown>>;

type Variables = typeof variables;
type Values = { [N in keyof Variables]: z.output<Variables[N]['read']> };

export type Configuration = Values & { BATON_DATA: string };

export interface ConfigurationProblem {
  variable: string;
  message: string;
}

/**
 * Reads the environment.
 * @param dataFolder where data goes when BATON_DATA names no other place
 */
export function readConfiguration(
  environment: { readonly [name: string]: string | undefined },
  dataFolder: string,
): { ok: true; value: Configuration } | { ok: false; failure: ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { read }] of Object.entries(variables)) {
    const result = read.safeParse(environment[name]);
    if (result.success) values[name] = result.data;
    else problems.push(...result.error.issues.map(({ message }) => ({ variable: name, message })));
  }
  if (values.ZEEBE_ADDRESS && !values.ZEEBE_REST_ADDRESS) {
    problems.push({
      variable: 'ZEEBE_REST_ADDRESS',
      message: 'Expected the base URL of the cluster’s /v2 API beside ZEEBE_ADDRESS, but it is not set',
    });
  }
  if ((values.TLS_CERT === undefined) !== (values.TLS_KEY === undefined)) {
    const [given, missing] =
      values.TLS_CERT === undefined ? ['TLS_KEY', 'TLS_CERT'] : ['TLS_CERT', 'TLS_KEY'];
    problems.push({ variable: missing, message: `Expected it beside ${given}, but it is not set` });
  }
  if (problems.length > 0) return { ok: false, failure: problems };
  values.BATON_DATA ??= join(dataFolder);
  return { ok: true, value: values as Configuration };
}
