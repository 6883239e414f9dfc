import type { AuthProvider } from '@modelcontextprotocol/client';
import type { McpCheckSecrets, McpServer } from '../../../contract/index.ts';
import type { Mask } from '../../../host/mask.ts';
import { shelfOf } from '../authorization/keptOAuth.ts';
import { commandHash } from '../commandHash.ts';
import type { McpWorld } from '../ports.ts';

/** What a connection shows of us, or why there can be none. */
export type Access =
  | { ok: true; headers: Record<string, string>; provider?: AuthProvider; env: Record<string, string> }
  | { ok: false; state: 'needsApproval' | 'needsAuthorization' | 'error'; message: string };

export async function accessTo(
  world: McpWorld,
  tenantId: string,
  server: McpServer,
  user: string | undefined,
  given: McpCheckSecrets | undefined,
  mask: Mask,
): Promise<Access> {
  const { transport, auth, name, id } = server;
  if (transport.kind === 'stdio') return environmentOf(world, tenantId, server, mask);
  const none = { ok: true as const, headers: {}, env: {} };
  if (auth.kind === 'none') return none;
  const whose = auth.kind === 'user' ? user : undefined;
  const stored = await world.credentials.get(tenantId, id, whose);
  if (auth.kind === 'oauth') {
    const clientSecret = given?.clientSecret ?? stored?.clientSecret;
    if (clientSecret !== undefined) mask.add(clientSecret);
    const shelf = shelfOf(world.credentials, tenantId, id, undefined);
    const { oauthTokens } = await import('../authorization/oauthClient.ts');
    const provider = oauthTokens({ auth, clientSecret, shelf, product: world.product }, mask.add);
    return { ...none, provider };
  }
  const own = auth.kind === 'user' && user !== undefined && !stored?.value;
  const value =
    given?.value ??
    stored?.value ??
    (own ? (await world.credentials.get(tenantId, id, undefined))?.value : undefined);
  const header = auth.kind === 'header' ? auth.name : auth.header;
  if (!value) {
    const whoseToken = auth.kind === 'user' && user !== undefined ? 'a token of yours' : 'a token';
    const message = `Expected ${whoseToken} for '${name}' in the header ${header}, but there is none`;
    return { ok: false, state: 'needsAuthorization', message };
  }
  mask.add(value);
  const [, bare] = /^\S+ (\S+)$/.exec(value) ?? [];
  if (bare) mask.add(bare);
  return { ...none, headers: { [header]: value } };
}

/** A command is started only as an admin has approved it: program, arguments and where its variables come from. */
async function environmentOf(
  world: McpWorld,
  tenantId: string,
  { transport, name, approval }: McpServer,
  mask: Mask,
): Promise<Access> {
  if (transport.kind !== 'stdio') throw new Error('only commands have an environment');
  if (!world.startProcess) {
    const message = `Expected '${name}' to be reached over HTTP, but it is a command, and this installation starts none`;
    return { ok: false, state: 'error', message };
  }
  if (approval?.hash !== commandHash(transport)) {
    const message = approval
      ? `Expected the command of '${name}' as it was approved, but it has changed since; an admin approves it again`
      : `Expected the command of '${name}' to be approved by an admin, but nobody has yet`;
    return { ok: false, state: 'needsApproval', message };
  }
  const env: Record<string, string> = {};
  for (const [variable, from] of Object.entries(transport.env)) {
    if ('value' in from) {
      env[variable] = from.value;
      continue;
    }
    const secret = await world.secret(tenantId, from.secret);
    if (secret === undefined) {
      const message = `Expected a secret '${from.secret}' for the variable ${variable} of '${name}', but there is none`;
      return { ok: false, state: 'error', message };
    }
    mask.add(secret);
    env[variable] = secret;
  }
  return { ok: true, headers: {}, env };
}
