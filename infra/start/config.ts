import { join } from 'node:path';
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

function variable<T>(meaning: string, read: z.ZodType<T, string | undefined>): Variable<T> {
  return { meaning, read };
}

/** Every variable the product reads. Nothing else looks at the environment. */
export const variables = {
  PORT: variable('Port of the web address', port(3000)),
  HOST: variable('Address the web server listens on', z.string().default('127.0.0.1')),
  PUBLIC_URL: variable('Address browsers use, when it differs from http://HOST:PORT', optionalUrl),
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
  CHROMA_URL: variable('A Chroma server; its state shows in /health/ready', optionalUrl),
  REDIS_URL: variable('A Redis server, for limits and notices that several gateways share', optionalUrl),
  LLM_BASE_URL: variable('Base URL of an OpenAI-compatible server for agents', optionalUrl),
  LLM_API_KEY: variable('Its key', optionalText),
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
  if (problems.length > 0) return { ok: false, failure: problems };
  values.BATON_DATA ??= join(dataFolder);
  return { ok: true, value: values as Configuration };
}
