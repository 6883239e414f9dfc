import { failed, ok } from '@baton/engine/protocol';
import { isObject } from '../../platform/contentPath.ts';
import { readJson } from '../../platform/jsonText.ts';
import type { Content } from '../../platform/versionedCalls.ts';
import type { ContentTexts } from '../../platform/versionedKinds.ts';
import { contentOfDraft, draftOf, textOf } from './toolDraft.ts';

/** Everything but the source, with what an older version leaves to its defaults. */
function definitionOf(content: Content): string {
  const { source: _, ...rest } = contentOfDraft(draftOf(content));
  return textOf(rest);
}

/** A tool as two texts: its source, and what its callers are told of it. */
export const toolTexts: ContentTexts = {
  parts: [
    {
      id: 'source',
      title: 'Source',
      language: 'typescript',
      textOf: ({ source }) => (typeof source === 'string' ? source : ''),
    },
    {
      id: 'definition',
      title: 'Definition',
      language: 'json',
      textOf: definitionOf,
    },
  ],
  contentOf({ source = '', definition = '' }) {
    const read = readJson(definition);
    if (!read.ok) return failed({ code: 'UNREADABLE', message: `Definition: ${read.failure.message}` });
    const { value } = read.value;
    return isObject(value)
      ? ok({ ...value, source })
      : failed({
          code: 'UNREADABLE',
          message: 'Definition: Expected names with values, but it is something else.',
        });
  },
};
