import type { IncomingMessage } from 'node:http';

/** How somebody says on `/ws` who they are; a browser can set no headers, so it says so by sub-protocols. */
export interface Credentials {
  kind: 'token' | 'key';
  text: string;
}

/** Sub-protocol of the messages; the one of an answer. */
export const protocol = 'baton';
const carried = { 'bearer.': 'token', 'key.': 'key' } as const;
const bearer = /^Bearer ([\w.~+/-]+=*)$/i;

/** What is offered as a sub-protocol or in a header; nothing when that is none, or more than one thing (RFC 6750 §2). */
export function credentialsOf({ headers }: IncomingMessage): Credentials | undefined {
  const found: Credentials[] = [];
  for (const offered of protocolsOf(headers['sec-websocket-protocol'])) {
    for (const [prefix, kind] of Object.entries(carried)) {
      if (offered.startsWith(prefix)) found.push({ kind, text: offered.slice(prefix.length) });
    }
  }
  if (headers.authorization !== undefined) {
    found.push({ kind: 'token', text: bearer.exec(headers.authorization)?.[1] ?? '' });
  }
  const key = headers['x-api-key'];
  if (key !== undefined) found.push({ kind: 'key', text: String(key) });
  return found.length === 1 ? found[0] : undefined;
}

/** Whether the client speaks the protocol; one that names none is taken to. */
export function speaksProtocol({ headers }: IncomingMessage): boolean {
  const offered = protocolsOf(headers['sec-websocket-protocol']);
  return offered.length === 0 || offered.includes(protocol);
}

function protocolsOf(header: string | undefined): string[] {
  return (header ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
}
