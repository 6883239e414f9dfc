import type { DraftInfo } from '@baton/gateway/api';
import type { Dialogs, OpenDialog } from '../platform/dialogs.ts';
import type { Fetch } from '../platform/host.ts';
import { memoryStorage } from '../platform/host.ts';
import type { LiveListener } from '../platform/live.ts';
import { createPlatform, type Platform } from '../platform/platform.ts';
import { createThemes } from '../platform/theme.ts';
import type { VersionedKind } from '../platform/versionedKinds.ts';
import { configuration, editorServer, me } from './editorServer.ts';
import { manualTimers } from './manualTimers.ts';

export interface StoredVersion {
  version: number;
  hash: string;
  updatedBy: string;
  content: unknown;
}

export interface StoredDraft extends DraftInfo {
  content: unknown;
}

/**
 * A gateway with one versioned resource: `/api/agents/a1`, its draft and its versions. What is kept or published over
 * another hash than the one that is there is refused.
 */
export interface VersionedServer {
  name: string;
  stored: StoredVersion;
  draft: StoredDraft | null;
  /** Which version each label is on. */
  labels: Record<string, number>;
  /** Answered instead, once, before anything is done. */
  refusal: { status: number; body: object } | undefined;
  /** The connection is down. */
  away: boolean;
  /** Somebody else keeps a draft. */
  draftBy(updatedBy: string, content: unknown): void;
  /** Somebody else publishes. */
  publishedBy(updatedBy: string, content: unknown): void;
  fetch: Fetch;
}

const at = '2026-01-02T03:04:05Z';

export function versionedServer(url: string, name: string, content: unknown): VersionedServer {
  let drafts = 0;
  const older: StoredVersion[] = [];
  const publish = (updatedBy: string, next: unknown) => {
    older.push(server.stored);
    const version = server.stored.version + 1;
    server.stored = { version, hash: `h${version}`, updatedBy, content: next };
  };
  const keep = (updatedBy: string, base: number, next: unknown) => {
    server.draft = { base, hash: `d${++drafts}`, updatedAt: at, updatedBy, content: next };
  };
  const refused = (status: number, error_code: string, message: string) =>
    Response.json({ error_code, message, request_id: 'r1' }, { status });
  const server: VersionedServer = {
    name,
    stored: { version: 1, hash: 'h1', updatedBy: 'dana', content: structuredClone(content) },
    draft: null,
    labels: {},
    refusal: undefined,
    away: false,
    draftBy: (updatedBy, next) => keep(updatedBy, server.stored.version, next),
    publishedBy(updatedBy, next) {
      publish(updatedBy, next);
      server.draft = null;
    },
    async fetch(asked, init) {
      if (!asked.startsWith(url)) return editorServer(asked, init);
      if (server.away) throw new Error('no network');
      if (server.refusal && init?.method !== 'GET') {
        const { status, body } = server.refusal;
        server.refusal = undefined;
        return Response.json({ request_id: 'r1', ...body }, { status });
      }
      const id = url.split('/').at(-1);
      const { stored, draft } = server;
      const resource = () => {
        const { content: _, ...info } = server.draft ?? { content: null };
        return Response.json({
          id,
          name: server.name,
          updatedAt: at,
          labels: [],
          ...server.stored,
          draft: server.draft && info,
        });
      };
      const working = () =>
        server.draft
          ? Response.json({ name: server.name, problems: [], ...server.draft })
          : refused(404, 'NOT_FOUND', 'Expected a draft, but there is none');
      const rest = asked.slice(url.length);
      const body = () => JSON.parse(String(init?.body)) as { base: number; content: unknown };
      const over = new Headers(init?.headers).get('if-match');
      const conflict = () =>
        refused(412, 'VERSION_CONFLICT', 'Expected what was edited, but there is another');
      const number = /^\?version=(\d+)$/.exec(rest)?.[1];
      if (number && Number(number) !== stored.version) {
        const old = older.find(({ version }) => version === Number(number));
        return Response.json({ id, name: server.name, updatedAt: at, labels: [], draft: null, ...old });
      }
      if (rest === '' || rest.startsWith('?')) return resource();
      if (rest === '/restore') {
        if (over !== `"${stored.hash}"`) return conflict();
        const { version } = JSON.parse(String(init?.body)) as { version: number };
        publish('designer', older.find((other) => other.version === version)?.content);
        return resource();
      }
      const label = /^\/labels\/(.+)$/.exec(rest)?.[1];
      if (label && init?.method === 'DELETE') {
        delete server.labels[label];
        return new Response(null, { status: 204 });
      }
      if (label) {
        const { version } = JSON.parse(String(init?.body)) as { version: number };
        server.labels[label] = version;
        return Response.json({ label, version, hash: `h${version}` });
      }
      if (rest === '/draft' && init?.method === 'PUT') {
        if (over !== `"${draft?.hash ?? stored.hash}"`) return conflict();
        keep('designer', body().base, body().content);
        return working();
      }
      if (rest === '/draft' && init?.method === 'DELETE') {
        if (!draft) return working();
        if (over !== null && over !== `"${draft.hash}"`) return conflict();
        server.draft = null;
        return new Response(null, { status: 204 });
      }
      if (rest === '/draft') return working();
      if (rest === '/publish') {
        if (!draft) return working();
        if (over !== `"${draft.hash}"` || draft.base !== stored.version) return conflict();
        publish('designer', draft.content);
        server.draft = null;
        return resource();
      }
      return editorServer(asked, init);
    },
  };
  return server;
}

/** A signed-in platform, its clock moved and its live events fired by the test. */
export function platformOn(
  fetch: Fetch,
  permissions: typeof me.permissions = me.permissions,
  kind?: (api: Platform['api']) => VersionedKind,
) {
  const time = manualTimers();
  const listeners = new Map<string, LiveListener>();
  const made = createPlatform({
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
  const platform: Platform = {
    ...made,
    live: {
      ...made.live,
      subscribeTopic(topic, listener) {
        listeners.set(topic, listener);
        return { dispose: () => listeners.delete(topic) };
      },
    },
  };
  if (kind) platform.versionedKinds.register(kind(platform.api));
  return { platform, time, live: (topic: string) => listeners.get(topic) };
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
