import { failed, ok, type Result } from '@baton/engine/protocol';
import { resourceChange } from '@baton/gateway/api';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DocumentModel, DocumentState, Resource } from '../../platform/documents.ts';
import { isDrafted } from '../../platform/draftedDocument.ts';
import type { Failure } from '../../platform/failure.ts';
import { readOpened } from '../../platform/keptDraft.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Content } from '../../platform/versionedCalls.ts';
import type { ContentPart, VersionedKind } from '../../platform/versionedKinds.ts';
import { comparedOf, type DiffSide, sideName } from './diffSides.ts';

/** One side of a comparison: which, by whom, since when, and what it says. */
export interface ComparedSide {
  name: string;
  by: string;
  at: string;
  content: Content;
}

export interface DiffView {
  from: ComparedSide;
  to: ComparedSide;
  /** Part shown, of those of the kind. */
  part: string;
  sideBySide: boolean;
}

export interface DiffDocument extends DocumentModel {
  readonly platform: Platform;
  readonly versioned: VersionedKind;
  readonly parts: readonly ContentPart[];
  readonly view: StoreApi<DiffView>;
  /** The resource that is compared with itself. */
  readonly of: Resource;
}

/** Two versions of a resource, or one and its draft, followed while somebody works on it. */
export async function openDiffDocument(
  platform: Platform,
  resource: Resource,
): Promise<Result<DiffDocument, Failure>> {
  const compared = comparedOf(resource);
  const versioned = compared && platform.versionedKinds.get(compared.kind);
  if (!compared || !versioned)
    return failed({
      code: 'NOT_FOUND',
      message: `Expected two versions to compare, but ${resource.id} names none.`,
    });
  const calls = versioned.calls(compared.id);
  const of: Resource = { kind: compared.kind, id: compared.id };

  async function read(side: DiffSide): Promise<Result<ComparedSide & { resourceName: string }, Failure>> {
    if (side === 'draft') {
      const model = platform.editors.model(of);
      // What was typed just now is compared as well.
      if (isDrafted(model) && model.writable) await model.kept.keep();
      const opened = await readOpened(calls);
      if (!opened.ok) return opened;
      const { resource: latest, draft, content } = opened.value;
      const [by, at] = draft ? [draft.updatedBy, draft.updatedAt] : [latest.updatedBy, latest.updatedAt];
      return ok({ name: draft ? 'Draft' : `v${latest.version}`, by, at, content, resourceName: latest.name });
    }
    const version = await calls.version(side);
    if (!version.ok) return version;
    const { updatedBy, updatedAt, content, name } = version.value;
    return ok({ name: sideName(side), by: updatedBy, at: updatedAt, content, resourceName: name });
  }

  const [from, to, texts] = await Promise.all([read(compared.from), read(compared.to), versioned.texts()]);
  if (!from.ok) return from;
  if (!to.ok) return to;
  const { parts } = texts;
  const differs = ({ textOf }: ContentPart) => textOf(from.value.content) !== textOf(to.value.content);
  const view = createStore<DiffView>(() => ({
    from: from.value,
    to: to.value,
    part: (parts.find(differs) ?? parts[0]!).id,
    sideBySide: true,
  }));
  const title = () =>
    `${versioned.fileName(to.value.resourceName)} (${sideName(compared.from)} ↔ ${sideName(compared.to)})`;
  const state = createStore<DocumentState>(() => ({ title: title(), dirty: false }));
  let disposed = false;

  async function readAgain(change: string) {
    const follows = [compared!.from, compared!.to].includes('draft');
    if (!follows || change === 'labels' || change === 'deleted') return;
    const [left, right] = await Promise.all([read(compared!.from), read(compared!.to)]);
    if (disposed || !left.ok || !right.ok) return;
    view.setState({ from: left.value, to: right.value });
  }
  const watching = platform.live.subscribeTopic(versioned.topic, {
    event(data) {
      const change = resourceChange.safeParse(data);
      if (change.success && change.data.id === compared.id) void readAgain(change.data.change);
    },
    reset: () => void readAgain('updated'),
  });

  return ok({
    platform,
    versioned,
    parts,
    of,
    resource,
    state,
    view,
    dispose() {
      disposed = true;
      watching.dispose();
    },
  });
}
