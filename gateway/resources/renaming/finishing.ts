import type { Renaming, RenamingStore, ResourceStore } from '@baton/infra/store';
import type { Logger } from 'pino';
import type { DocumentKind } from '../../api/index.ts';
import type { Clock } from '../../dependencies.ts';
import type { Following } from './following.ts';

export interface FinishingOptions {
  renamings: RenamingStore;
  resources: ResourceStore;
  following: Following;
  clock: Clock;
  log: Logger;
  /** No other process is at work on the same store: what is found at the start was left, however fresh it is. */
  alone: boolean;
}

/** ms between looks for what others left. */
const lookEvery = 60_000;
/** Later than every renaming's time. */
const everything = new Date(8.64e15);

/**
 * Finishes renamings that were cut off after the document had its new name: what names it follows. One that was cut off
 * before that has not begun. Answers how to stop.
 */
export function finishRenamings(options: FinishingOptions): () => void {
  const { renamings, resources, following, clock, log, alone } = options;
  let cancel = () => {};
  let closed = false;

  async function finish({ tenantId, id, kind, resourceId, from, version, author }: Renaming): Promise<void> {
    const document = await resources.get(tenantId, kind, resourceId);
    // Who has the old name today is meant by those that name it.
    const successor = await resources.getByName(tenantId, kind, from);
    if (document && !successor) {
      const change = { kind, from, to: document.name };
      const versions = { before: version, now: version + 1 };
      await following.ownDraft(tenantId, author, kind as DocumentKind, resourceId, versions, change);
      await following.follow(tenantId, author, change, resourceId);
    }
    await renamings.end(tenantId, id);
    log.warn({ tenantId, kind, id: resourceId }, 'a renaming that was cut off is finished');
  }

  async function look(before: Date): Promise<void> {
    try {
      for (const left of await renamings.left(before)) await finish(left);
    } catch (err) {
      log.warn({ err }, 'renamings that were cut off could not be finished; they are looked for again');
    }
    if (!closed) cancel = clock.after(lookEvery, () => void look(new Date(clock.now())));
  }
  void look(alone ? everything : new Date(clock.now()));

  return () => {
    closed = true;
    cancel();
  };
}
