import type { Resource } from '../../platform/documents.ts';
import type { IconName, Kind } from '../../platform/icons.ts';
import type { Platform } from '../../platform/platform.ts';
import type { VersionedEntry, VersionedKind } from '../../platform/versionedKinds.ts';
import type { Hit, Matcher } from './matcher.ts';

export interface Found {
  resource: Resource;
  title: string;
  icon: IconName;
  colour: Kind | undefined;
  /** The name itself has it. */
  named: boolean;
  hits: readonly Hit[];
}

export interface FindProgress {
  found: readonly Found[];
  /** Documents looked at, of how many. */
  looked: number;
  of: number;
  /** Documents that could not be read. */
  unread: number;
}

/** Documents asked for at once. */
const together = 6;

/** Finds text in all documents this user may read, of whatever kind: each kind says what it reads as. */
export interface TextFinder {
  /** Answers as it goes; ends when `stopped` says so. */
  find(
    matcher: Matcher,
    kinds: ReadonlySet<string>,
    told: (progress: FindProgress) => void,
    stopped: () => boolean,
  ): Promise<void>;
}

export function createTextFinder({ documents }: Pick<Platform, 'documents'>): TextFinder {
  /** What was read before, as long as it is the same version. */
  const known = new Map<string, { as: string; texts: readonly string[] }>();

  async function textsOf(versioned: VersionedKind, entry: VersionedEntry) {
    const key = `${versioned.kind}:${entry.id}`;
    const as = `${entry.version} ${entry.updatedAt}`;
    const before = known.get(key);
    if (before?.as === as) return before.texts;
    const [latest, { parts }] = await Promise.all([versioned.calls(entry.id).latest(), versioned.texts()]);
    if (!latest.ok) return undefined;
    const texts = parts.map(({ textOf }) => textOf(latest.value.resource.content));
    known.set(key, { as, texts });
    return texts;
  }

  return {
    async find(matcher, kinds, told, stopped) {
      const all = documents
        .getState()
        .filter(({ versioned }) => kinds.size === 0 || kinds.has(versioned.kind))
        .flatMap(({ versioned, entries }) => entries.map((entry) => ({ versioned, entry })));
      const found = new Map<number, Found>();
      let next = 0;
      let looked = 0;
      let unread = 0;
      const inOrder = () => [...found].sort(([one], [other]) => one - other).map(([, each]) => each);
      const tell = () => told({ found: inOrder(), looked, of: all.length, unread });
      async function look() {
        while (next < all.length && !stopped()) {
          const at = next++;
          const { versioned, entry } = all[at]!;
          const texts = await textsOf(versioned, entry);
          if (stopped()) return;
          looked += 1;
          if (!texts) unread += 1;
          const title = versioned.fileName(entry.name);
          const named = matcher(title).length > 0;
          const hits = (texts ?? []).flatMap(matcher);
          if (named || hits.length > 0) {
            found.set(at, {
              resource: { kind: versioned.kind, id: entry.id, name: entry.name },
              title,
              icon: versioned.icon,
              colour: versioned.colour,
              named,
              hits,
            });
          }
          if (looked % 50 === 0) tell();
        }
      }
      await Promise.all(Array.from({ length: together }, look));
      if (!stopped()) tell();
    },
  };
}
