import type { DocumentModel } from './documents.ts';
import type { KeptDraft, KeptState } from './keptDraft.ts';
import type { Platform } from './platform.ts';
import type { VersionedKind } from './versionedKinds.ts';

/** A document whose work is a draft at the server until it is published. */
export interface DraftedDocument extends DocumentModel {
  readonly platform: Platform;
  readonly versioned: VersionedKind;
  readonly kept: KeptDraft;
  readonly writable: boolean;
}

export function isDrafted(model: DocumentModel | undefined): model is DraftedDocument {
  return model !== undefined && 'kept' in model;
}

/** There is something to publish or discard. */
export function hasDraft({ draft, keeping }: KeptState): boolean {
  return draft !== null || keeping !== 'kept';
}

/** `v12`, `Draft of v13`. */
export function versionState(state: KeptState): string {
  const { version } = state.published;
  return hasDraft(state) ? `Draft of v${version + 1}` : `v${version}`;
}

/** What of the document's state its draft decides. */
export function draftedState(state: KeptState) {
  return {
    dirty: state.keeping !== 'kept',
    draft: hasDraft(state),
    status: versionState(state),
  };
}
