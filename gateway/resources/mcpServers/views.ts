import type {
  McpConnections,
  McpDifference,
  McpMessage as Message,
  McpServerStatus as Status,
  McpToolView as Tool,
} from '@baton/tools-registry/contract';
import type {
  Difference,
  McpAuth,
  McpMessage,
  McpServer,
  McpServerStatus,
  McpServerTool,
  McpToolCounts,
} from '../../api/index.ts';
import type { McpCredentials } from './credentials.ts';
import type { KnownServer } from './knownServer.ts';

const instantOf = (at: number) => new Date(at).toISOString();

export function statusView({ checkedAt, ...status }: Status): McpServerStatus {
  return { ...status, checkedAt: checkedAt === null ? null : instantOf(checkedAt) };
}

/** What is known of a server beside what is stored of itself. */
export interface ServerFacts {
  status: Status;
  commandHash: string | null;
  tools: McpToolCounts;
  credentials: ReadonlySet<keyof McpCredentials>;
  hasMyToken: boolean;
  usedBy: number;
}

export function serverView(
  { id, name, transport, auth, timeout, enabled, approval, stored }: KnownServer,
  { status, commandHash, tools, credentials, hasMyToken, usedBy }: ServerFacts,
): McpServer {
  return {
    id,
    name,
    description: stored.description,
    transport,
    auth: authView(auth, credentials),
    timeout,
    enabled,
    status: statusView(status),
    commandHash,
    approval: approval && approval.hash === commandHash ? { ...approval, at: instantOf(approval.at) } : null,
    tools,
    hasMyToken,
    usedBy,
    hash: stored.hash,
    createdAt: stored.createdAt.toISOString(),
    updatedAt: stored.changedAt.toISOString(),
    updatedBy: stored.changedBy,
  };
}

function authView(auth: KnownServer['auth'], credentials: ServerFacts['credentials']): McpAuth {
  switch (auth.kind) {
    case 'header':
    case 'user':
      return { ...auth, hasValue: credentials.has('value') };
    case 'oauth':
      return { ...auth, hasClientSecret: credentials.has('clientSecret') };
    default:
      return auth;
  }
}

/** Of a program: what an approval of it names. */
export function commandHashOf(
  { transport }: Pick<KnownServer, 'transport'>,
  connections: Pick<McpConnections, 'commandHash'>,
): string | null {
  return transport.kind === 'stdio' ? connections.commandHash(transport) : null;
}

export function listedToolView({
  tool,
  title,
  description,
  input,
  output,
  annotations,
  hash,
  findings,
}: Tool) {
  return {
    tool,
    ...(title !== undefined && { title }),
    description,
    input: input as { [name: string]: unknown },
    output: output as { [name: string]: unknown },
    annotations,
    hash,
    findings,
  };
}

export function toolView(tool: Tool): McpServerTool {
  const { name, state, accepted, drift } = tool;
  return {
    ...listedToolView(tool),
    name,
    state,
    accepted: accepted && { hash: accepted.hash, by: accepted.by, at: instantOf(accepted.at) },
    drift: drift && {
      changes: drift.changes.map(differenceView),
      text: drift.text,
      seenAt: instantOf(drift.seenAt),
    },
  };
}

/** `path` as a JSON pointer. */
function differenceView({ place, accepted, seen }: McpDifference): Difference {
  return {
    path: `/${place}`,
    kind: accepted === undefined ? 'added' : seen === undefined ? 'removed' : 'changed',
    ...(accepted !== undefined && { before: accepted }),
    ...(seen !== undefined && { after: seen }),
  };
}

export function messageView({ at, direction, message }: Message): McpMessage {
  return { at: instantOf(at), direction, message };
}
