import { ok, type Result } from '@baton/engine/protocol';
import { type DocumentHit, documentRoutes } from '@baton/gateway/api';
import type { ApiFailure } from '../../platform/api.ts';
import { type Resource, resourceKey } from '../../platform/documents.ts';
import type { IconName, Kind } from '../../platform/icons.ts';
import type { Platform } from '../../platform/platform.ts';

/** What is looked for, and how. */
export interface Wanted {
  text: string;
  matchCase: boolean;
  wholeWord: boolean;
  /** The text is a regular expression (RE2). */
  regex: boolean;
  /** Kinds that are looked at; none: all. */
  kinds: ReadonlySet<string>;
}

/** A document with its places. */
export interface Found {
  resource: Resource;
  title: string;
  icon: IconName;
  colour: Kind | undefined;
  hits: readonly DocumentHit[];
}

export interface Findings {
  found: readonly Found[];
  /** There are more places than are listed. */
  more: boolean;
}

/** Places listed at most. */
const most = 1_000;

/** The server looks through all this user may read; names are known here. */
export async function findText(
  { api, documents }: Pick<Platform, 'api' | 'documents'>,
  { text, matchCase, wholeWord, regex, kinds }: Wanted,
  signal: AbortSignal,
): Promise<Result<Findings, ApiFailure>> {
  const answer = await api.call(documentRoutes.search, {
    query: {
      text,
      limit: String(most),
      ...(kinds.size > 0 && { kinds: [...kinds].join(',') }),
      ...(matchCase && { case: 'true' }),
      ...(wholeWord && { word: 'true' }),
      ...(regex && { regex: 'true' }),
    },
    signal,
  });
  if (!answer.ok) return answer;
  const { hits, complete } = answer.value;
  const places = new Map<string, DocumentHit[]>();
  for (const hit of hits) {
    const key = resourceKey(hit);
    const its = places.get(key);
    if (its) its.push(hit);
    else places.set(key, [hit]);
  }
  const found: Found[] = [];
  for (const { versioned, entries } of documents.getState()) {
    const { kind, icon, colour } = versioned;
    if (kinds.size > 0 && !kinds.has(kind)) continue;
    for (const { id, name } of entries) {
      const title = versioned.fileName(name);
      const its = places.get(resourceKey({ kind, id })) ?? [];
      const named = !regex && !wholeWord && holds(title, text, matchCase);
      if (its.length === 0 && !named) continue;
      found.push({ resource: { kind, id, name }, title, icon, colour, hits: its });
    }
  }
  return ok({ found, more: !complete });
}

function holds(title: string, text: string, matchCase: boolean): boolean {
  return matchCase ? title.includes(text) : title.toLowerCase().includes(text.toLowerCase());
}
