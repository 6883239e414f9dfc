import type { Dialogs, OpenDialog } from '../platform/dialogs.ts';
import type { Fetch } from '../platform/host.ts';
import { memoryStorage } from '../platform/host.ts';
import { createPlatform, type Platform } from '../platform/platform.ts';
import { createThemes } from '../platform/theme.ts';
import { configuration, editorServer, me } from './editorServer.ts';
import { manualTimers } from './manualTimers.ts';

export interface StoredVersion {
  version: number;
  hash: string;
  updatedBy: string;
  content: unknown;
}

/** A gateway with one versioned resource: `/api/agents/a1`. A save over another hash than the latest is refused. */
export interface VersionedServer {
  name: string;
  stored: StoredVersion;
  fetch: Fetch;
}

export function versionedServer(url: string, name: string, content: unknown): VersionedServer {
  const server: VersionedServer = {
    name,
    stored: { version: 1, hash: 'h1', updatedBy: 'dana', content: structuredClone(content) },
    async fetch(asked, init) {
      if (asked !== url) return editorServer(asked, init);
      const id = url.split('/').at(-1);
      const answer = () =>
        Response.json({ id, name: server.name, updatedAt: '2026-01-02T03:04:05Z', ...server.stored });
      if (init?.method !== 'PUT') return answer();
      const { version, hash } = server.stored;
      if (new Headers(init.headers).get('if-match') !== `"${hash}"`)
        return Response.json(
          { error_code: 'VERSION_CONFLICT', message: 'Expected v1, but v2', request_id: 'r1' },
          { status: 412 },
        );
      const body = JSON.parse(String(init.body)) as { content: unknown };
      server.stored = {
        version: version + 1,
        hash: `h${version + 1}`,
        updatedBy: 'designer',
        content: body.content,
      };
      return answer();
    },
  };
  return server;
}

/** A signed-in platform without a live connection, its clock moved by the test. */
export function platformOn(
  fetch: Fetch,
  permissions: typeof me.permissions = me.permissions,
): { platform: Platform; time: ReturnType<typeof manualTimers> } {
  const time = manualTimers();
  const platform = createPlatform({
    me: { ...me, permissions },
    configuration,
    session: { token: async () => 'token' } as never,
    themes: createThemes('dark', { apply: () => {}, token: () => '' }),
    fetch,
    openSocket: () => {
      throw new Error('Expected no socket');
    },
    ...time,
    storage: memoryStorage(),
  });
  return { platform, time };
}

/** The question the user is asked next. */
export function askedNext(dialogs: Dialogs): Promise<Extract<OpenDialog, { type: 'question' }>> {
  return new Promise((resolve) => {
    const stop = dialogs.subscribe(() => {
      const dialog = dialogs.getState();
      if (dialog?.type !== 'question') return;
      stop();
      resolve(dialog);
    });
  });
}
