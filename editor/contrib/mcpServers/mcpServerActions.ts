import {
  type McpAuthorizationMessage,
  type McpServer,
  type McpServerCheck,
  mcpAuthorizationChannel,
  mcpServerRoutes,
} from '@baton/gateway/api';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import { bodyOf, type McpServerDraft } from './mcpServerDraft.ts';
import type { McpServers } from './mcpServersStore.ts';

/** Saves what was typed; the gateway connects at once. Answers what was refused. */
export async function saveServer(
  platform: Platform,
  servers: McpServers,
  saved: McpServer | undefined,
  draft: McpServerDraft,
): Promise<Failure | undefined> {
  const body = bodyOf(draft);
  // A name is free again when what had it is gone.
  if (!saved) await platform.deletions.finish();
  const answer = saved
    ? await platform.api.call(mcpServerRoutes.replace, {
        params: { id: saved.id },
        body,
        ifMatch: saved.hash,
      })
    : await platform.api.call(mcpServerRoutes.create, { body });
  if (!answer.ok) return answer.failure;
  servers.put(answer.value);
  servers.select(answer.value.id);
  return undefined;
}

/** Connects as it is typed, and keeps nothing. */
export async function checkDraft(
  platform: Platform,
  saved: McpServer | undefined,
  draft: McpServerDraft,
): Promise<McpServerCheck | Failure> {
  const body = { ...bodyOf(draft), ...(saved && { id: saved.id }) };
  const answer = await platform.api.call(mcpServerRoutes.check, { body });
  return answer.ok ? answer.value : answer.failure;
}

/** Connects again, whatever it waited for. */
export async function checkAgain(platform: Platform, servers: McpServers, id: string): Promise<void> {
  const answer = await platform.api.call(mcpServerRoutes.checkSaved, { params: { id } });
  if (!answer.ok) return platform.notifications.failure(answer.failure);
  await servers.read();
}

/** An admin's yes to exactly this command: another one asks again. */
export async function approveCommand(
  platform: Platform,
  servers: McpServers,
  { id, commandHash: hash }: McpServer,
): Promise<void> {
  if (hash === null) return;
  const answer = await platform.api.call(mcpServerRoutes.approve, { params: { id }, body: { hash } });
  if (answer.ok) servers.put(answer.value);
  else platform.notifications.failure(answer.failure);
}

/** What the page the issuer leads back to says on the channel. */
type SignInAnswer = Extract<McpAuthorizationMessage, { kind: 'answer' }>;

/** Signs in at the server in a window of its own, and hands on to the gateway what came of it. */
export async function signIn(platform: Platform, servers: McpServers, id: string): Promise<void> {
  // Opened before anything is asked: a browser lets a click do it, and nothing later.
  const popup = window.open('', 'mcp-authorization', 'popup,width=560,height=720');
  const begun = await platform.api.call(mcpServerRoutes.authorize, { params: { id } });
  if (!begun.ok) {
    popup?.close();
    return platform.notifications.failure(begun.failure);
  }
  if (!popup) {
    return platform.notifications.failure({
      code: 'POPUP_BLOCKED',
      message: 'Expected a window to sign in with, but the browser keeps it from opening.',
    });
  }
  const state = new URL(begun.value.url).searchParams.get('state');
  const answered = answerOf(state);
  popup.location.href = begun.value.url;
  const { code, iss } = await answered;
  const done = await platform.api.call(mcpServerRoutes.completeAuthorization, {
    body: { state: state ?? '', code, ...(iss && { iss }) },
  });
  if (!done.ok) return platform.notifications.failure(done.failure);
  servers.put(done.value);
  platform.notifications.success(`${done.value.name} is signed in.`);
}

/** Heard by the sign-in it is of, and by no other window's. */
function answerOf(state: string | null): Promise<SignInAnswer> {
  const channel = new BroadcastChannel(mcpAuthorizationChannel);
  return new Promise((resolve) => {
    channel.onmessage = ({ data }: MessageEvent<Partial<SignInAnswer> | null>) => {
      if (data?.kind !== 'answer' || data.state !== state) return;
      channel.postMessage({ kind: 'taken', state });
      channel.close();
      resolve(data as SignInAnswer);
    };
  });
}

export async function keepMyToken(
  platform: Platform,
  servers: McpServers,
  id: string,
  token: string | undefined,
): Promise<Failure | undefined> {
  const answer =
    token === undefined
      ? await platform.api.call(mcpServerRoutes.deleteMyToken, { params: { id } })
      : await platform.api.call(mcpServerRoutes.setMyToken, { params: { id }, body: { token } });
  if (!answer.ok) return answer.failure;
  await servers.read();
  return undefined;
}

export function deleteServer(
  { api, deletions }: Platform,
  servers: McpServers,
  { id, name }: McpServer,
): void {
  servers.select(undefined);
  deletions.delete({
    resource: { kind: 'mcpServer', id, name },
    title: `MCP server ${name}`,
    consequence: 'Its credentials, and what was accepted of its tools, go with it.',
    async remove(keepalive) {
      const answer = await api.call(mcpServerRoutes.delete, { params: { id }, keepalive });
      if (answer.ok) servers.drop(id);
      return answer;
    },
  });
}
