import { ok, type Result } from '@baton/engine/protocol';
import {
  type ContentProblem,
  type DraftInfo,
  documentRoutes,
  type JsonValue,
  type promptRoutes,
  type Route,
  type taskRoutes,
  type VersionInfo,
  workflowRoutes,
} from '@baton/gateway/api';
import type { Api, ApiFailure } from './api.ts';
import type { ResourceCalls, VersionedEntry } from './versionedKinds.ts';

/** What a version or a draft says, as it is kept. */
export type Content = { [name: string]: JsonValue };

export interface ServerDraft extends DraftInfo {
  content: Content;
  /** What keeps it from being published. */
  problems: readonly ContentProblem[];
}

/** A version of a resource, as whatever kind it is read. */
export interface Version {
  id: string;
  name: string;
  version: number;
  hash: string;
  updatedAt: string;
  updatedBy: string;
  content: Content;
}

/** The latest version with what is said of the resource now. */
export interface Latest<R extends Version = Version> {
  resource: R;
  labels: readonly string[];
  draft: DraftInfo | null;
}

type Answer<T> = Promise<Result<T, ApiFailure>>;

/** What the gateway does with one versioned resource, the same for every kind. Hashes name what was edited. */
export interface VersionedCalls<R extends Version = Version> {
  latest(): Answer<Latest<R>>;
  version(version: number): Answer<R>;
  versions(offset: number): Answer<{ items: readonly VersionInfo[]; total: number }>;
  draft(): Answer<ServerDraft>;
  /** Over the draft with this hash, or over the latest version where there is none. */
  keep(base: number, content: Content, over: string): Answer<ServerDraft>;
  /** Only the draft with this hash. */
  discard(draft: string): Answer<unknown>;
  publish(message: string, draft: string): Answer<R>;
  restore(version: number, message: string, latest: string): Answer<R>;
  label(label: string, version: number): Answer<unknown>;
  unlabel(label: string): Answer<unknown>;
}

/** The rows of a kind whose content is its own: the tables differ in its schema only. */
export type VersionedRows = { [Row in keyof typeof promptRoutes]: Route };

/** Rows every kind has under the same names. */
type CommonRows = Omit<VersionedRows, 'list' | 'create' | 'get' | 'update' | 'delete'>;

/** What can be asked of a kind's resources. */
export function resourceCalls(api: Api, kind: string, rows: VersionedRows): ResourceCalls {
  // One table's types stand for all: only the content's schema differs, and a rename hands that back untouched.
  const { create, get, update, delete: remove } = rows as typeof taskRoutes;
  return {
    list: (heard) => listed(api, kind, heard),
    create: (name, content) => api.call(create, { body: { name, content: content as never } }),
    async rename(id, name) {
      const current = await api.call(get, { params: { id } });
      if (!current.ok) return current;
      const { content, hash } = current.value;
      return api.call(update, {
        params: { id },
        ifMatch: hash,
        body: { name, content, message: `Renamed to ${name}` },
      });
    },
    remove: (id, keepalive = false) => api.call(remove, { params: { id }, keepalive }),
    calls: (id) => versionedCalls(api, rows, id),
  };
}

/** As many as the list of documents answers at once. */
const limit = 1_000;

/** All documents of a kind, without what they say. */
async function listed(
  api: Api,
  kind: string,
  heard?: (soFar: readonly VersionedEntry[]) => void,
): Promise<Result<readonly VersionedEntry[], ApiFailure>> {
  const items: VersionedEntry[] = [];
  for (;;) {
    const answer = await api.call(documentRoutes.list, {
      query: { kinds: kind, limit, offset: items.length },
    });
    if (!answer.ok) return answer;
    items.push(...answer.value.items);
    if (!answer.value.has_more || answer.value.items.length === 0) return ok(items);
    heard?.(items);
  }
}

/** Asks the rows of a kind about one resource. */
export function versionedCalls(api: Api, rows: VersionedRows, id: string): VersionedCalls {
  const { get } = rows as typeof taskRoutes;
  const params = { id };
  return {
    ...commonCalls(api, rows, id, (saved) => saved as unknown as Version),
    async latest() {
      const read = await api.call(get, { params });
      if (!read.ok) return read;
      const { labels, draft, ...resource } = read.value;
      return ok({ resource: resource as unknown as Version, labels, draft });
    },
    version: (version) => api.call(get, { params, query: { version } }) as Answer<Version>,
  };
}

/** A workflow's content is its file and the form a run begins with. */
export interface WorkflowVersion extends Version {
  bpmnProcessId: string;
  deployed?: { processDefinitionKey: string; version: number; hash: string } | undefined;
}

type WorkflowAnswer = Omit<WorkflowVersion, 'content'> & { xml: string; startForm?: unknown };

function workflowVersion({ xml, startForm, ...rest }: WorkflowAnswer): WorkflowVersion {
  return { ...rest, content: { xml, ...(startForm !== undefined && { startForm: startForm as JsonValue }) } };
}

/** What can be asked of workflows. */
export function workflowsCalls(api: Api): ResourceCalls {
  const { createWorkflow, getWorkflow, updateWorkflow, deleteWorkflow } = workflowRoutes;
  return {
    list: (heard) => listed(api, 'workflow', heard),
    create: (name, content) => api.call(createWorkflow, { body: { name, ...content } as never }),
    async rename(id, name) {
      const current = await api.call(getWorkflow, { params: { id } });
      if (!current.ok) return current;
      return api.call(updateWorkflow, {
        params: { id },
        ifMatch: current.value.hash,
        body: { name, message: `Renamed to ${name}` },
      });
    },
    remove: (id, keepalive = false) => api.call(deleteWorkflow, { params: { id }, keepalive }),
    calls: (id) => workflowCalls(api, id),
  };
}

function workflowCalls(api: Api, id: string): VersionedCalls<WorkflowVersion> {
  const params = { id };
  return {
    ...commonCalls(api, workflowRoutes as unknown as CommonRows, id, (saved) =>
      workflowVersion(saved as unknown as WorkflowAnswer),
    ),
    async latest() {
      const read = await api.call(workflowRoutes.getWorkflow, { params });
      if (!read.ok) return read;
      const { labels, draft, ...workflow } = read.value;
      return ok({ resource: workflowVersion(workflow), labels, draft });
    },
    async version(version) {
      const read = await api.call(workflowRoutes.getWorkflow, { params, query: { version } });
      return read.ok ? ok(workflowVersion(read.value)) : read;
    },
  };
}

function commonCalls<R extends Version>(
  api: Api,
  rows: CommonRows,
  id: string,
  versionOf: (saved: unknown) => R,
): Omit<VersionedCalls<R>, 'latest' | 'version'> {
  // One table's types stand for all: only the content's schema differs, and that is read here as any object.
  const { versions, getDraft, saveDraft, discardDraft, publish, restore, setLabel, removeLabel } =
    rows as typeof taskRoutes;
  const params = { id };
  const saved = async (answer: Answer<unknown>): Answer<R> => {
    const read = await answer;
    return read.ok ? ok(versionOf(read.value)) : read;
  };
  return {
    versions: (offset) => api.call(versions, { params, query: { limit: 50, offset } }),
    draft: () => api.call(getDraft, { params }) as Answer<ServerDraft>,
    keep: (base, content, ifMatch) =>
      api.call(saveDraft, { params, ifMatch, body: { base, content } }) as Answer<ServerDraft>,
    discard: (ifMatch) => api.call(discardDraft, { params, ifMatch }),
    publish: (message, ifMatch) => saved(api.call(publish, { params, ifMatch, body: { message } })),
    restore: (version, message, ifMatch) =>
      saved(api.call(restore, { params, ifMatch, body: { version, message } })),
    label: (label, version) => api.call(setLabel, { params: { id, label }, body: { version } }),
    unlabel: (label) => api.call(removeLabel, { params: { id, label } }),
  };
}
