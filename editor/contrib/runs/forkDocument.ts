import { ok, type Result } from '@baton/engine/protocol';
import { type forkReport, providerRoutes, recordingRoutes } from '@baton/gateway/api';
import type { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import { everyPage } from '../../platform/everyPage.ts';
import type { Failure } from '../../platform/failure.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OfferedProvider } from '../../ui/ModelChoice.tsx';
import { type ForkDraft, loopsOfRecording, type Recording, readDraft, recordedDraft } from './forkDraft.ts';
import type { Loop } from './loops.ts';

export type ForkReport = z.infer<typeof forkReport>;

export interface ForkView {
  draft: ForkDraft;
  providers: readonly OfferedProvider[];
  running: boolean;
  report: ForkReport | undefined;
  failure: Failure | undefined;
}

export interface ForkDocument extends DocumentModel {
  readonly platform: Platform;
  readonly recording: Recording;
  readonly loops: readonly Loop[];
  readonly view: StoreApi<ForkView>;
  /** Another loop begins with what was recorded there; prompts that were changed stay. */
  change(part: Partial<ForkDraft>): void;
  /** All as it was recorded. */
  reset(): void;
  run(): Promise<void>;
}

/** `resource.id` is `recording.loop`, which run and from where, or `~fork`, one that was run before. */
export async function openForkDocument(
  platform: Platform,
  resource: Resource,
): Promise<Result<ForkDocument, Failure>> {
  const { api } = platform;
  const ran = resource.id.startsWith('~') ? resource.id.slice(1) : undefined;
  const compared = ran ? await api.call(recordingRoutes.comparison, { params: { id: ran } }) : undefined;
  if (compared && !compared.ok) return compared;
  const report = compared?.value;
  const [, asked = resource.id, loop = '1'] = /^(.*)\.(\d+)$/.exec(resource.id) ?? [];
  const params = { id: report?.forkOf ?? asked };
  const read = await api.call(recordingRoutes.get, { params });
  if (!read.ok) return read;
  const recording = read.value;
  const loops = loopsOfRecording(recording);
  const wanted = report?.from ?? Number(loop);
  const from = loops.some(({ number }) => number === wanted) ? wanted : (loops[0]?.number ?? 1);
  const view = createStore<ForkView>(() => ({
    draft: recordedDraft(recording, from),
    providers: [],
    running: false,
    report,
    failure: undefined,
  }));
  const state = createStore<DocumentState>(() => ({
    title: `Fork of ${recording.agent.name}`,
    dirty: false,
  }));
  let disposed = false;
  if (platform.context.get('permission:providers:read')) {
    void everyPage((query) => api.call(providerRoutes.list, { query })).then((answer) => {
      if (answer.ok && !disposed) view.setState({ providers: answer.value });
    });
  }
  return ok({
    platform,
    resource,
    state,
    recording,
    loops,
    view,
    change(part) {
      const { draft } = view.getState();
      const { from = draft.from } = part;
      const elsewhere =
        from === draft.from
          ? {}
          : {
              ...recordedDraft(recording, from),
              systemPrompt: draft.systemPrompt,
              userPrompt: draft.userPrompt,
            };
      view.setState({ draft: { ...draft, ...elsewhere, ...part } });
    },
    reset: () => view.setState({ draft: recordedDraft(recording, view.getState().draft.from) }),
    async run() {
      const { draft, running } = view.getState();
      const { change } = readDraft(recording, draft);
      if (!change || running) return;
      view.setState({ running: true, failure: undefined });
      const answer = await api.call(recordingRoutes.fork, { params, body: change });
      if (disposed) return;
      view.setState(
        answer.ok ? { running: false, report: answer.value } : { running: false, failure: answer.failure },
      );
    },
    dispose() {
      disposed = true;
    },
  });
}
