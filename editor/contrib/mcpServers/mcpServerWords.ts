import type { McpServer, McpServerState, McpServerTool, McpTransportKind } from '@baton/gateway/api';
import type { IconName } from '../../platform/icons.ts';
import type { State } from '../../ui/Badge.tsx';

/** Shape, colour and word differ, so that none of them is the only sign. */
interface Look {
  state: State;
  icon: IconName;
  word: string;
}

export const connectionLooks: { readonly [S in McpServerState]: Look } = {
  connected: { state: 'completed', icon: 'codicon:check', word: 'Connected' },
  connecting: { state: 'running', icon: 'codicon:sync', word: 'Connecting…' },
  error: { state: 'incident', icon: 'codicon:error', word: 'Error' },
  disabled: { state: 'cancelled', icon: 'codicon:circle-slash', word: 'Switched off' },
  needsApproval: { state: 'waiting', icon: 'codicon:shield', word: 'Needs approval' },
  needsAuthorization: { state: 'waiting', icon: 'codicon:key', word: 'Needs sign-in' },
};

export const toolLooks: { readonly [S in McpServerTool['state']]: Look & { meaning: string } } = {
  locked: {
    state: 'completed',
    icon: 'codicon:lock',
    word: 'Accepted',
    meaning: 'It says what an admin accepted. Agents and workflows may call it.',
  },
  quarantined: {
    state: 'incident',
    icon: 'codicon:warning',
    word: 'Changed',
    meaning:
      'It says something else than what was accepted. Nobody can call it until an admin accepts it again.',
  },
  new: {
    state: 'waiting',
    icon: 'codicon:add',
    word: 'New',
    meaning: 'No admin has accepted it yet. Nobody can call it until one does.',
  },
  gone: {
    state: 'cancelled',
    icon: 'codicon:circle-slash',
    word: 'Gone',
    meaning: 'It was accepted, but the server does not list it any more.',
  },
};

/** What waits for an admin first, then what can be called. */
export const toolOrder: readonly McpServerTool['state'][] = ['quarantined', 'new', 'locked', 'gone'];

export const transportTitles: { readonly [K in McpTransportKind]: string } = {
  http: 'Streamable HTTP',
  sse: 'HTTP with SSE, as before 2025',
  stdio: 'Program on this machine',
};

export const transportIcons: { readonly [K in McpTransportKind]: IconName } = {
  http: 'codicon:cloud',
  sse: 'codicon:cloud',
  stdio: 'codicon:terminal',
};

/** `api.example.com`, `npx -y server-everything`. */
export function placeOf({ transport }: Pick<McpServer, 'transport'>): string {
  if (transport.kind === 'stdio') return [transport.command, ...transport.args].join(' ');
  return URL.canParse(transport.url) ? new URL(transport.url).host : transport.url;
}

/** `12 tools, 1 changed, 2 new`. */
export function countWords({ locked, quarantined, new: fresh, gone }: McpServer['tools']): string {
  const all = locked + quarantined + fresh;
  if (all + gone === 0) return 'None yet';
  return [
    all === 1 ? '1 tool' : `${all} tools`,
    quarantined > 0 && `${quarantined} changed`,
    fresh > 0 && `${fresh} new`,
    gone > 0 && `${gone} gone`,
  ]
    .filter(Boolean)
    .join(', ');
}

/** What the annotations of a tool say of it; hints of the server, nothing one may rely on. */
export function annotationWords(annotations: McpServerTool['annotations']): string[] {
  return [
    annotations.readOnlyHint === true && 'Only reads',
    annotations.readOnlyHint !== true && annotations.destructiveHint === true && 'May destroy',
    annotations.idempotentHint === true && 'Same result when repeated',
    annotations.openWorldHint === true && 'Reaches outside',
  ].filter((word): word is string => typeof word === 'string');
}
