import { failed, ok } from '@baton/engine/protocol';
import type { ContentTexts } from '../../platform/versionedKinds.ts';
import { isObject, readJson, textOf } from './toolDraft.ts';

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
      textOf: ({ source: _, ...rest }) => textOf(rest),
    },
  ],
  contentOf({ source = '', definition = '' }) {
    const read = readJson(definition);
    if (!read.ok) return failed({ code: 'UNREADABLE', message: `Definition: ${read.failure}` });
    return isObject(read.value)
      ? ok({ ...read.value, source })
      : failed({
          code: 'UNREADABLE',
          message: 'Definition: Expected names with values, but it is something else.',
        });
  },
};
